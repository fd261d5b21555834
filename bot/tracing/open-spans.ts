/** Opens the traces where a receiver is configured. Only then are the OpenTelemetry packages loaded. */
import type { Log } from '../../core/ports.js';
import { NO_SPANS, type Spans } from '../runtime/spans.js';

interface SpansOptions {
  /** Base address of the receiver (OTLP over HTTP). Undefined: nothing is traced. */
  readonly endpoint: string | undefined;
  readonly version: () => Promise<string>;
  readonly log: Log;
}

/** The spans of this process. */
export async function openSpans({ endpoint, version, log }: SpansOptions): Promise<Spans> {
  if (endpoint === undefined) return NO_SPANS;
  const [{ telemetrySpans }, known] = await Promise.all([import('./telemetry.js'), version()]);
  return telemetrySpans({ endpoint, version: known, log });
}
