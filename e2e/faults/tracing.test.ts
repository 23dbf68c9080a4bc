import { expect, test } from 'vitest';
import { type AppServer, startAppServer } from '@/e2e/support/servers/app-server';
import { type OtlpCollector, startOtlpCollector } from '@/e2e/support/servers/otlp-collector';

const SESSION = 'session-of-the-tracing-test';
/** A visitor's, which asks not to be recorded. */
const TRACE = '11111111111111111111111111111111';

const ask = (server: AppServer, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, init);

function send(server: AppServer): Promise<Response> {
  const body = { sessionId: SESSION, assistantId: 'teacher', turnId: 'turn-1', content: 'PLUGH' };
  return ask(server, '/api/chat/stream', {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-2222222222222222-00` },
    body: JSON.stringify(body),
  });
}

/** The names of a span and of those it is part of, outermost first. */
function pathOf(collector: OtlpCollector, name: string): string[] {
  const spans = collector.spans();
  const names: string[] = [];
  let span = spans.find((one) => one.name === name);
  for (; span; span = spans.find(({ spanId }) => spanId === span?.parentSpanId)) names.unshift(span.name);
  return names;
}

test('the production server sends the spans of a turn to a collector, and the last of them when it ends', async () => {
  const collector = await startOtlpCollector();
  const server = await startAppServer({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'our-chat',
  });
  try {
    const response = await send(server);
    expect(await response.text()).toContain('"type":"end"');
    expect((await ask(server, `/?session=${SESSION}`)).status).toBe(200);
    await server.stop('SIGTERM');

    const turn = collector.spans().find(({ name }) => name === 'chat demo');
    expect(turn?.service).toBe('our-chat');
    expect(turn?.attributes).toMatchObject({ 'gen_ai.provider.name': 'demo', 'confab.turn.status': 'done' });
    expect(pathOf(collector, 'store write')[0]).toBe('POST /api/chat/stream');
    expect(pathOf(collector, 'store write').slice(-2)).toEqual(['chat demo', 'store write']);
    expect(pathOf(collector, 'store begin')[0]).toBe('POST /api/chat/stream');
    for (const secret of ['PLUGH', SESSION, 'turn-1', TRACE]) expect(collector.text()).not.toContain(secret);
  } finally {
    await server.dispose();
    collector.close();
  }
});

test('a collector that does not answer is logged, and holds up neither a turn nor the end of the server', async () => {
  const server = await startAppServer({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
  try {
    expect(await (await send(server)).text()).toContain('"type":"end"');
    const startedAt = performance.now();
    await server.stop('SIGTERM');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(server.output()).toContain('traces_not_sent');
  } finally {
    await server.dispose();
  }
});
