/** What is looked at before a body is read: its kind, its packing and its size. */
import type { Headers } from './verify.js';

/** Largest webhook body, in bytes. */
export const MAX_BODY_BYTES = 1_048_576;

/** The status to answer with, or undefined to go on. */
export type Rejection =
  { readonly status: 413 | 415; readonly reason: 'too-large' | 'packed' | 'not-json' } | undefined;

/**
 * Judges the headers of a webhook. Packed bodies are not unpacked, so a small one cannot become a large one; the size
 * is judged again by whoever reads the body, because a sender may leave the length out or lie.
 */
export function admit(headers: Headers): Rejection {
  const packing = single(headers['content-encoding']).toLowerCase();
  if (packing !== '' && packing !== 'identity') return { status: 415, reason: 'packed' };
  const type = (single(headers['content-type']).split(';', 1)[0] ?? '').trim().toLowerCase();
  if (!/^application\/(?:json|[a-z0-9.+-]{1,60}\+json)$/.test(type))
    return { status: 415, reason: 'not-json' };
  return Number(single(headers['content-length']) || 0) > MAX_BODY_BYTES
    ? { status: 413, reason: 'too-large' }
    : undefined;
}

function single(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.join(',') ?? '');
}
