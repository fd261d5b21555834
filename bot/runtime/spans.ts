/** Spans of work, as the edges use them. Without a receiver of traces a span only runs its work. */
import type { LogEvent } from 'kysely';

/** Codes, counts and names of kinds. Never a person, a conversation, an id of either, or a text. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Spans {
  /** Runs the work as one span, inside the span that is open. A failure marks the span and is passed on. */
  run<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** Adds attributes to the span that is open. */
  note(attributes: SpanAttributes): void;
  /** Makes a span of each query; undefined where nothing is traced, so that Kysely measures nothing. */
  queries(system: 'sqlite' | 'postgresql'): ((event: LogEvent) => void) | undefined;
  /** Sends the spans that wait, and ends. */
  close(): Promise<void>;
}

/** Traces nothing. */
export const NO_SPANS: Spans = {
  run: (_name, _attributes, work) => work(),
  note: () => undefined,
  queries: () => undefined,
  close: () => Promise.resolve(),
};
