/** Turns the bytes of a request or an answer into a JSON value or an XML root: encodings, forms, and other content. */
import { isFields } from './fields.js';
import { refuse, type ParseResult } from './types.js';
import { readXml } from './xml.js';

/** Largest body that is read, in bytes: webhooks are small; a feed holds a page's history. */
export const MAX_JSON_BYTES = 1_048_576;
export const MAX_FEED_BYTES = 2_097_152;

type Document =
  { readonly kind: 'json' | 'xml'; readonly body: unknown } | Extract<ParseResult, { kind: 'error' }>;
type Refusal = Extract<ParseResult, { kind: 'error' }>;

/** Reads a payload. Never throws, whatever the bytes. */
export function readDocument(raw: string | Uint8Array): Document {
  const size = typeof raw === 'string' ? Buffer.byteLength(raw) : raw.byteLength;
  if (size > MAX_FEED_BYTES) return tooLarge(MAX_FEED_BYTES);
  const text = decoded(raw);
  if (typeof text !== 'string') return text;
  const given = unpackedForm(text);
  return /^\s*</.test(given) ? xmlDocument(given) : jsonDocument(given, size);
}

function tooLarge(bytes: number): Refusal {
  return refuse('too-large', `The payload has more than ${String(bytes)} bytes.`) as Refusal;
}

function xmlDocument(text: string): Document {
  if (/^\s*(?:<!doctype html|<html[\s>])/i.test(text))
    return refuse(
      'not-xml',
      'This is a web page (HTML), not a feed: give the address of the feed.',
    ) as Refusal;
  const root = readXml(text);
  return typeof root === 'string' ? (refuse('not-xml', root) as Refusal) : { kind: 'xml', body: root };
}

function jsonDocument(text: string, size: number): Document {
  if (size > MAX_JSON_BYTES) return tooLarge(MAX_JSON_BYTES);
  try {
    const body = JSON.parse(text) as unknown;
    return { kind: 'json', body: /\d{16}/.test(text) ? JSON.parse(withExactNumbers(text)) : body };
  } catch {
    return refuse('not-json', 'The payload is not JSON.') as Refusal;
  }
}

/**
 * Writes integers of 16 or more digits as text. A JavaScript number rounds them, so the ids of two monitors would become
 * one id. The text must be valid JSON.
 */
function withExactNumbers(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}

/** Decodes the bytes: by the byte order mark, by the encoding that an XML document declares, otherwise as UTF-8. */
function decoded(raw: string | Uint8Array): string | Refusal {
  if (typeof raw === 'string') return raw.replace(/^\ufeff/, '');
  const encoding = encodingOf(raw);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(raw);
  } catch (error) {
    const reason =
      error instanceof RangeError
        ? `The encoding ${encoding} is not known.`
        : `The payload is not ${encoding.toUpperCase()}.`;
    return refuse('not-utf8', reason) as Refusal;
  }
}

function encodingOf(raw: Uint8Array): string {
  const [a, b, c, d] = raw;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c !== 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0 && d !== 0)) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(200, raw.byteLength)).toString('latin1');
  const declared = /^\s*<\?xml[^>]{0,100}\bencoding\s*=\s*["']([a-z0-9._-]{1,40})["']/i.exec(head)?.[1];
  // A declaration in single bytes cannot belong to a two-byte encoding.
  return declared === undefined || /^utf-?16|^ucs/i.test(declared) ? 'utf-8' : declared;
}

/**
 * Uptime Kuma and other senders put JSON into a form field: `data`, `payload` or `body`. Other forms become a JSON
 * object of their fields, so that a mapping can read them.
 */
function unpackedForm(text: string): string {
  const boundary = /^\s*--([^\r\n]{1,100})\r?\n/.exec(text)?.[1];
  if (boundary !== undefined) {
    const part = text
      .split(`--${boundary}`)
      .find((one) => /name="(?:data|payload|body)"/i.test(one.slice(0, 500)));
    return part === undefined ? text : part.replace(/^[\s\S]*?\r?\n\r?\n/, '').trim();
  }
  if (!/^[\w.%+-]{1,60}=/.test(text)) return text;
  const form = new URLSearchParams(text);
  const packed = form.get('data') ?? form.get('payload') ?? form.get('body');
  return packed?.trim().startsWith('{') ? packed : JSON.stringify(Object.fromEntries(form));
}

/** The names of a body's fields, for the operator. Never contains values. */
export function fieldNames(body: unknown): string {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (!isFields(first)) return Array.isArray(body) ? 'a list' : typeof first;
  const names = Object.keys(first)
    .slice(0, 20)
    .map((name) => name.slice(0, 40).replace(/[^\w.@ -]/g, '?'));
  return names.length === 0 ? 'none' : names.join(', ');
}
