/** What every outage format is given and gives back, and what one format is. */
import type { OutageEvent, OutageState, Severity } from '../../../core/incident/types.js';
import type { FieldMapping } from '../../../core/incident/ports.js';

/** Words of one sender that mean something else there than elsewhere, in lower case without spaces. */
export interface SenderWords {
  readonly states?: Readonly<Record<string, OutageState>>;
  readonly severities?: Readonly<Record<string, Severity>>;
}

/** What a parser may know beside the body. */
export interface ParseContext {
  /** Lower-case request headers: CloudEvents in binary mode carries its attributes there. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Outages of this source still open here: a poller then also hears that a component is well again. */
  readonly openSourceIds?: ReadonlySet<string>;
  /** Milliseconds since the epoch. A beginning after this moment is planned. */
  readonly now?: number;
  /** May the sender speak of these directory ids? Judged for each alert of a group; absent: everything is taken. */
  readonly mayName?: (named: {
    readonly offers: readonly string[];
    readonly publishers: readonly string[];
  }) => boolean;
  /** Where the fields of a `mapped` body are. */
  readonly mapping?: FieldMapping | undefined;
  readonly words?: SenderWords | undefined;
}

/** Something of a payload that made no event, for the operator. */
export interface ParseNote {
  /**
   * `test`: the sender's test button. `set-aside`: read, and not an outage. `outside`: an alert about something the
   * sender may not speak of. `unread`: a state or a severity that could not be read.
   */
  readonly kind: 'test' | 'set-aside' | 'outside' | 'unread';
  /** One English sentence; it never quotes the values of an unknown body. */
  readonly text: string;
}

/** A question of the platform before it sends anything, and the answer to give. */
export type Handshake =
  | { readonly kind: 'answer'; readonly body: Readonly<Record<string, string>> }
  /** An address to be opened once, of Amazon SNS. */
  | { readonly kind: 'visit'; readonly url: string };

/** What a polled document lists: every outage that is open and began after `since`; null for every open one. */
export interface Coverage {
  readonly since: number | null;
  /** Ids that the document names, whether they made an event or not. */
  readonly ids: readonly string[];
}

/** A sender's mistake, for its operator: a code that does not change and a sentence in English. */
export type ParseErrorCode =
  'too-large' | 'not-utf8' | 'not-json' | 'not-xml' | 'wrong-shape' | 'missing-field' | 'unknown-format';
export interface ReadEvents {
  readonly kind: 'events';
  readonly events: readonly OutageEvent[];
  readonly notes?: readonly ParseNote[];
  readonly coverage?: Coverage;
  readonly handshake?: Handshake;
}
export type ParseResult =
  ReadEvents | { readonly kind: 'error'; readonly code: ParseErrorCode; readonly reason: string };

/** Reads the data inside an envelope, whatever its format. */
export type InnerParser = (body: unknown, context: ParseContext) => ParseResult;

/** How the requests of a sender can be proven, beside a token in the address, a bearer token and Basic. */
export type SignedBy = 'standard-webhooks' | 'instatus' | 'pagerduty';

/** Everything the product knows about one sender's format. */
export interface OutageFormat {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly media: 'json' | 'xml';
  /** True for a body only this sender writes: JSON as parsed, or the root of an XML document. */
  readonly detect: (body: unknown, context: ParseContext) => boolean;
  readonly parse: (body: unknown, context: ParseContext, inner: InnerParser) => ParseResult;
  /** True for monitors, whose alerts are gathered by offer; status pages tell incidents apart. */
  readonly monitor: boolean;
  /** The signature this sender makes, if it makes one. */
  readonly authentication?: SignedBy;
}

/** The events, as a result. */
export function events(
  list: readonly OutageEvent[],
  more: Omit<ReadEvents, 'kind' | 'events'> = {},
): ReadEvents {
  return { kind: 'events', events: list, ...more };
}

/** No event, and why. */
export function noEvent(kind: ParseNote['kind'], text: string): ReadEvents {
  return events([], { notes: [{ kind, text }] });
}

/** A refusal, as a result. */
export function refuse(code: ParseErrorCode, reason: string): ParseResult {
  return { kind: 'error', code, reason };
}
