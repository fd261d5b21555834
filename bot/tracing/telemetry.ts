/** Spans through OpenTelemetry: collected in batches, sent as OTLP over HTTP. Only this file imports its packages. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { LogEvent } from 'kysely';
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import type { Spans } from '../runtime/spans.js';
import { within } from '../runtime/timeouts.js';

interface TelemetryOptions {
  readonly endpoint: string;
  readonly version: string;
  readonly log: Log;
}

/** An unreachable receiver must not delay the end of the process. */
const CLOSE_MS = 1000;

/** Opens the spans. Registers nothing globally, so that two servers in one process keep their spans apart. */
export function telemetrySpans({ endpoint, version, log }: TelemetryOptions): Spans {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'offer-desk', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(loggedExporter(exporter, log))],
  });
  return {
    ...spansOf(provider.getTracer('offer-desk', version)),
    close: () =>
      within(
        CLOSE_MS,
        provider.shutdown().catch(() => undefined),
        () => undefined,
      ),
  };
}

function spansOf(tracer: Tracer): Omit<Spans, 'close'> {
  const open = new AsyncLocalStorage<Span>();
  const inside = () => {
    const parent = open.getStore();
    return parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  };
  return {
    run(name, attributes, work) {
      const span = tracer.startSpan(name, { attributes: { ...attributes } }, inside());
      return open.run(span, () => ending(span, work));
    },
    note: (attributes) => void open.getStore()?.setAttributes({ ...attributes }),
    // Workers query the store all day. A query becomes a span only inside a turn, a send or a notice.
    queries: (system) => (event) => {
      if (open.getStore()) queryEnded(tracer, system, event, inside());
    },
  };
}

async function ending<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    failed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** The kind of the error only: its message may quote what a person wrote. */
function failed(span: Span, error: unknown): void {
  const kind = error instanceof DeskError ? error.code : error instanceof Error ? error.name : 'unknown';
  span.setAttribute('error.type', kind);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Kysely reports a query after it has ended. The span omits the statement itself. */
function queryEnded(tracer: Tracer, system: string, event: LogEvent, parent: typeof ROOT_CONTEXT): void {
  const { operation, table } = statementOf(event.query.sql);
  const span = tracer.startSpan(
    `store ${operation}${table === undefined ? '' : ` ${table}`}`,
    {
      kind: SpanKind.CLIENT,
      startTime: Date.now() - event.queryDurationMillis,
      attributes: {
        'db.system.name': system,
        'db.operation.name': operation,
        'db.collection.name': table,
      },
    },
    parent,
  );
  if (event.level === 'error') failed(span, event.error);
  span.end();
}

/** The verb of a statement and its first table. */
function statementOf(sql: string): { readonly operation: string; readonly table?: string } {
  return {
    operation: /^\s*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? 'other',
    table: /\b(?:from|into|update)\s+"?([a-z_]+)"?/i.exec(sql)?.[1],
  };
}

/** An exporter that reports once that its receiver refuses spans, and once that it accepts spans again. */
function loggedExporter(exporter: SpanExporter, log: Log): SpanExporter {
  let away = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        // 0 means success; the enumeration is in a package that no other code needs.
        const isFailed = Number(result.code) !== 0;
        if (isFailed && !away) log.warn('traces.not-sent', { reason: result.error?.message });
        if (!isFailed && away) log.info('traces.sent-again');
        away = isFailed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
