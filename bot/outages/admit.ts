/** Checks the media type, the encoding and the size of a request before its body is read. */
import type { Headers } from './verify.js';
import { passedSince } from '../../core/time.js';

/** Largest webhook body, in bytes. */
export const MAX_BODY_BYTES = 1_048_576;

/** The status of the answer; undefined when the request may continue. */
export type Rejection =
  { readonly status: 413 | 415; readonly reason: 'too-large' | 'packed' | 'not-json' } | undefined;

/**
 * Checks the headers of a webhook. The server does not unpack compressed bodies, so a small body cannot become a large
 * one. The server checks the size again while it reads the body, because the length header may be missing or wrong.
 */
export function admit(headers: Headers): Rejection {
  const packing = single(headers['content-encoding']).toLowerCase();
  if (packing !== '' && packing !== 'identity') return { status: 415, reason: 'packed' };
  const type = (single(headers['content-type']).split(';', 1)[0] ?? '').trim().toLowerCase();
  if (!isReadable(type, headers)) return { status: 415, reason: 'not-json' };
  return Number(single(headers['content-length']) || 0) > MAX_BODY_BYTES
    ? { status: 413, reason: 'too-large' }
    : undefined;
}

/** JSON, the media types that some monitors use for JSON, and the text type that Amazon SNS uses for its JSON. */
function isReadable(type: string, headers: Headers): boolean {
  if (type === 'text/plain') return single(headers['x-amz-sns-message-type']) !== '';
  const form = type === 'multipart/form-data' || type === 'application/x-www-form-urlencoded';
  return form || /^application\/(?:json|[a-z0-9.+-]{1,60}\+json)$/.test(type);
}

/** Returns true when an address has sent too many wrong tokens in the last minute. Counts this token. */
type WrongTokens = (address: string, now: number) => boolean;

const WRONG_A_MINUTE = 20;
const ADDRESSES = 1000;

/** Counts wrong tokens by address. Memory is bounded: the address that has been silent longest is removed first. */
export function wrongTokens(): WrongTokens {
  const seen = new Map<string, number[]>();
  return (address, now) => {
    const times = (seen.get(address) ?? [])
      .filter((at) => passedSince(at, now) < 60_000)
      .slice(-WRONG_A_MINUTE);
    const tooOften = times.length >= WRONG_A_MINUTE;
    seen.delete(address);
    seen.set(address, [...times, now]);
    const [oldest] = seen.keys();
    if (seen.size > ADDRESSES && oldest !== undefined) seen.delete(oldest);
    return tooOften;
  };
}

/** How many bodies are read at the same time: of one address, and in all. Each may be as large as the limit. */
const BODIES_PER_ADDRESS = 8;
const BODIES = 64;

/** Takes a place for one body. Gives the function that frees the place; undefined when there is none. */
export type TakePlace = (address: string) => (() => void) | undefined;

/** Slow or unfinished bodies of one address never use up the memory or the places of the others. */
export function bodyPlaces(perAddress = BODIES_PER_ADDRESS, most = BODIES): TakePlace {
  const reading = new Map<string, number>();
  let all = 0;
  return (address) => {
    const here = reading.get(address) ?? 0;
    if (here >= perAddress || all >= most) return undefined;
    reading.set(address, here + 1);
    all += 1;
    return () => {
      const left = (reading.get(address) ?? 1) - 1;
      if (left > 0) reading.set(address, left);
      else reading.delete(address);
      all -= 1;
    };
  };
}

function single(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.join(',') ?? '');
}
