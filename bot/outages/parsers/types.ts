/** Defines an outage format: its input, its output and its properties. */
import type { OutageEvent, OutageState, Severity } from '../../../core/incident/types.js';
import type { FieldMapping } from '../../../core/incident/ports.js';

/** Words that have a special meaning for one sender, in lower case without spaces. */
export interface SenderWords {
  readonly states?: Readonly<Record<string, OutageState>>;
  readonly severities?: Readonly<Record<string, Severity>>;
}

/** What a parser may know besides the body. */
export interface ParseContext {
  /** Lower-case request headers: CloudEvents in binary mode sends its attributes there. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Outages of this source that are still open here: so a poller also learns that a component is healthy again. */
  readonly openSourceIds?: ReadonlySet<string>;
  /** Milliseconds since the epoch. An event that begins after this moment is planned. */
  readonly now?: number;
  /**
   * Tells whether the sender's scope includes these directory ids. Checked for each alert of a group. Absent:
   * everything is accepted.
   */
  readonly mayName?: (named: {
    readonly offers: readonly string[];
    readonly publishers: readonly string[];
  }) => boolean;
  /** Where the fields of a `mapped` body are. */
  readonly mapping?: FieldMapping | undefined;
  readonly words?: SenderWords | undefined;
}

/** A part of a payload that made no event, for the operator. */
export interface ParseNote {
  /**
   * `test`: the sender's test button. `set-aside`: read, but not an outage. `outside`: an alert outside the sender's
   * scope. `unread`: a state or a severity that could not be read.
   */
  readonly kind: 'test' | 'set-aside' | 'outside' | 'unread';
  /** One English sentence. Never quotes the values of an unknown body. */
  readonly text: string;
}

/** A platform's question before it sends events, and the answer to it. */
export type Handshake =
  | { readonly kind: 'answer'; readonly body: Readonly<Record<string, string>> }
  /** An Amazon SNS address that the server must open once. */
  | { readonly kind: 'visit'; readonly url: string };

/** The signature inside an Amazon SNS message. The intake verifies it before it uses anything else of the message. */
export interface SnsEnvelope {
  readonly version: string;
  /** Base64. */
  readonly signature: string;
  readonly certificateUrl: string;
  /** The text that Amazon signed: names and values of some fields, one on each line. */
  readonly signedText: string;
}

/** The coverage of a polled document: every open outage that began after `since`; null for every open outage. */
export interface Coverage {
  readonly since: number | null;
  /** The ids that the document names, with or without an event. */
  readonly ids: readonly string[];
}

/** A sender's mistake, for its operator: a stable code and a sentence in English. */
export type ParseErrorCode =
  'too-large' | 'not-utf8' | 'not-json' | 'not-xml' | 'wrong-shape' | 'missing-field' | 'unknown-format';
export interface ReadEvents {
  readonly kind: 'events';
  readonly events: readonly OutageEvent[];
  readonly notes?: readonly ParseNote[];
  /** True when the notes already cover unread states, or when the sender gives no state with these events. */
  readonly statesNoted?: boolean;
  readonly coverage?: Coverage;
  readonly handshake?: Handshake;
  readonly envelope?: SnsEnvelope;
}
export type ParseResult =
  ReadEvents | { readonly kind: 'error'; readonly code: ParseErrorCode; readonly reason: string };

/** Reads the data inside an envelope, whatever its format. */
export type InnerParser = (body: unknown, context: ParseContext) => ParseResult;

/** How a sender's requests can be authenticated, besides a token in the URL, a bearer token and Basic. */
export type SignedBy = 'standard-webhooks' | 'instatus' | 'pagerduty';

/** The complete description of one sender's format. */
export interface OutageFormat {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly media: 'json' | 'xml';
  /** True for a body that only this sender writes: parsed JSON, or the root of an XML document. */
  readonly detect: (body: unknown, context: ParseContext) => boolean;
  readonly parse: (body: unknown, context: ParseContext, inner: InnerParser) => ParseResult;
  /** True for monitors: their alerts are grouped by offer. Status pages separate incidents themselves. */
  readonly monitor: boolean;
  /** The sender's signature, if the sender signs. */
  readonly authentication?: SignedBy;
}

/** The events, as a result. */
export function events(
  list: readonly OutageEvent[],
  more: Omit<ReadEvents, 'kind' | 'events'> = {},
): ReadEvents {
  return { kind: 'events', events: list, ...more };
}

/** No event, with the reason. */
export function noEvent(kind: ParseNote['kind'], text: string): ReadEvents {
  return events([], { notes: [{ kind, text }] });
}

/** A refusal, as a result. */
export function refuse(code: ParseErrorCode, reason: string): ParseResult {
  return { kind: 'error', code, reason };
}

/**
 * The results of a batch, as one result. An unreadable part becomes a note and does not stop the other parts. An error
 * remains when no part can be read.
 */
export function gathered(results: readonly ParseResult[]): ParseResult {
  const read = results.filter((result) => result.kind === 'events');
  const errors = results.filter((result) => result.kind === 'error');
  const [error] = errors;
  if (error && read.length === 0) return error;
  const count = `${String(errors.length)} of ${String(results.length)} events`;
  const unread: readonly ParseNote[] = error
    ? [{ kind: 'unread', text: `${count} could not be read: ${error.reason}` }]
    : [];
  return events(
    read.flatMap((result) => result.events),
    { notes: [...read.flatMap((result) => result.notes ?? []), ...unread], statesNoted: true },
  );
}
