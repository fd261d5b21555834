/** A receiver of OpenTelemetry traces on loopback: takes OTLP over HTTP as a Collector does, and remembers the spans. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const Value = z.looseObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  boolValue: z.boolean().optional(),
});
const Attributes = z.array(z.object({ key: z.string(), value: Value })).default([]);
const Span = z.looseObject({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.union([z.string(), z.number()]),
  endTimeUnixNano: z.union([z.string(), z.number()]),
  attributes: Attributes,
  status: z.looseObject({ code: z.number().optional() }).optional(),
});
const Body = z.object({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: Attributes }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(Span) })),
    }),
  ),
});

export interface ReceivedSpan {
  readonly traceId: string;
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
}

export interface TraceReceiver {
  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  readonly spans: ReceivedSpan[];
  /** Attributes of the senders. */
  readonly resources: ReceivedSpan['attributes'][];
  /** The bodies as they came. */
  readonly bodies: string[];
  close(): Promise<void>;
}

/** Listens on a free port. */
export async function startTraceReceiver(): Promise<TraceReceiver> {
  const spans: ReceivedSpan[] = [];
  const resources: ReceivedSpan['attributes'][] = [];
  const bodies: string[] = [];
  const take = (text: string): void => {
    bodies.push(text);
    for (const { resource, scopeSpans } of Body.parse(JSON.parse(text)).resourceSpans) {
      resources.push(plain(resource.attributes));
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(received)));
    }
  };
  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const isTraces = req.method === 'POST' && req.url === '/v1/traces';
      if (isTraces) take(Buffer.concat(chunks).toString('utf8'));
      res.statusCode = isTraces ? 200 : 404;
      res.setHeader('content-type', 'application/json');
      res.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    resources,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function received(span: z.infer<typeof Span>): ReceivedSpan {
  const { traceId, spanId, parentSpanId, name, attributes, status } = span;
  const parent = parentSpanId === '' ? undefined : parentSpanId;
  return { traceId, id: spanId, parent, name, failed: status?.code === 2, attributes: plain(attributes) };
}

function plain(attributes: z.infer<typeof Attributes>): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue]),
  );
}
