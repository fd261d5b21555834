/** Spans of work for the edges. Without a receiver of traces, a span only runs its work. */
import type { LogEvent } from 'kysely';

/** Codes, counts and kinds. Never a person, a conversation, their ids, or a text. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Spans {
  /** Runs the work as one span inside the open span. Marks the span after a failure and passes the failure on. */
  run<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** Adds attributes to the open span. */
  note(attributes: SpanAttributes): void;
  /** Makes a span for each query; undefined without tracing, so that Kysely measures nothing. */
  queries(system: 'sqlite' | 'postgresql'): ((event: LogEvent) => void) | undefined;
  /** Sends the waiting spans, then ends. */
  close(): Promise<void>;
}

/** Traces nothing. */
export const NO_SPANS: Spans = {
  run: (_name, _attributes, work) => work(),
  note: () => undefined,
  queries: () => undefined,
  close: () => Promise.resolve(),
};
