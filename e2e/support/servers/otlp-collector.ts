import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
  arrayValue: z.unknown().optional(),
});
const attributes = z.array(z.object({ key: z.string(), value }));
const span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  attributes,
  status: z.object({ code: z.number().optional() }).optional(),
});
const traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ scope: z.object({ name: z.string() }), spans: z.array(span) })),
    }),
  ),
});

export interface ReceivedSpan
  extends Pick<z.infer<typeof span>, 'name' | 'traceId' | 'spanId' | 'parentSpanId'> {
  scope: string;
  service: unknown;
  attributes: Record<string, unknown>;
  failed: boolean;
}

export interface OtlpCollector {
  url: string;
  /** The spans received so far. */
  spans(): ReceivedSpan[];
  /** Everything received so far, as text. */
  text(): string;
  close(): void;
}

/** A stand-in for an OpenTelemetry collector: takes traces as JSON over HTTP. */
export async function startOtlpCollector(): Promise<OtlpCollector> {
  const received: unknown[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/traces') received.push(await json(request));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () => received.flatMap(spansOf),
    text: () => JSON.stringify(received),
    close: () => server.close(),
  };
}

const valuesOf = (pairs: z.infer<typeof attributes>): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value: one }) => [key, Object.values(one)[0]]));

const spansOf = (body: unknown): ReceivedSpan[] =>
  traces.parse(body).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map(({ name, traceId, spanId, parentSpanId, attributes: pairs, status }) => ({
        name,
        traceId,
        spanId,
        parentSpanId,
        scope: scope.name,
        service: valuesOf(resource.attributes)['service.name'],
        attributes: valuesOf(pairs),
        failed: status?.code === 2,
      })),
    ),
  );
