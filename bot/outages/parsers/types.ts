/** What every parser of outage notices is given and gives back. */
import type { OutageEvent } from '../../../core/incident/types.js';

/** What a parser may know beside the body. */
export interface ParseContext {
  /** Lower-case request headers: CloudEvents in binary mode carries its attributes there. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Outages of this source still open here: a poller then also hears that a component is well again. */
  readonly openSourceIds?: ReadonlySet<string>;
}

/** A sender's mistake, for its operator: a code that does not change and a sentence in English. */
export type ParseErrorCode =
  'too-large' | 'not-utf8' | 'not-json' | 'not-xml' | 'wrong-shape' | 'missing-field' | 'unknown-format';
export type ParseResult =
  | { readonly kind: 'events'; readonly events: readonly OutageEvent[] }
  | { readonly kind: 'error'; readonly code: ParseErrorCode; readonly reason: string };

/** Reads a parsed JSON body. */
export type JsonParser = (body: unknown, context: ParseContext) => ParseResult;

/** The events, as a result. */
export function events(list: readonly OutageEvent[]): ParseResult {
  return { kind: 'events', events: list };
}

/** A refusal, as a result. */
export function refuse(code: ParseErrorCode, reason: string): ParseResult {
  return { kind: 'error', code, reason };
}
