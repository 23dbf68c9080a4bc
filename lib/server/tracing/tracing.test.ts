import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OtlpCollector, startOtlpCollector } from '@/e2e/support/servers/otlp-collector';
import { ChatError } from '@/lib/chat/chat-error';
import { parseSend } from '@/lib/server/http/request-schemas';
import { hashed } from '@/lib/server/log';
import { observeStore } from '@/lib/server/store/observe-store';
import { StorePulse } from '@/lib/server/store-pulse';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from '@/lib/server/turns/begin-turn';
import { startTracing } from './start-tracing';
import { setTracing, tracing } from './tracing';

async function takeTurn(turnId: string): Promise<void> {
  const services = await openTestServices({});
  const stream = convertArrayToReadableStream<LanguageModelV4StreamPart>([
    { type: 'text-delta', id: 'text', delta: 'FROTZ' },
    {
      type: 'finish',
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: 7, noCache: 7, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 5, text: 3, reasoning: 2 },
      },
    },
  ]);
  services.catalog.languageModel = () => new MockLanguageModelV4({ doStream: { stream } });
  const store = observeStore(services.store, new StorePulse());
  const send = { sessionId: 'session-1', assistantId: 'teacher', turnId, content: 'PLUGH' };
  const { run } = await beginTurn({ ...services, store }, 'owner-1', parseSend(send), 'en');
  await run?.ended;
  await store.check();
}

describe('a collector receives', () => {
  let collector: OtlpCollector;

  beforeAll(async () => {
    collector = await startOtlpCollector();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
    const traces = startTracing({ isServerless: false });
    setTracing(traces);
    await takeTurn('turn-1');
    const failing = () =>
      Promise.reject(new ChatError('store_unavailable', { reason: 'slow', message: 'XYZZY' }));
    await traces.turn({ owner: 'o', sessionId: 's', turnId: 't' }, 'openai:org/gpt:1', () =>
      traces.storeCall('upstash', 'write', failing).catch(() => undefined),
    );
    failAsNextDoes();
    await traces.stop();
  });

  afterAll(() => {
    setTracing(null);
    collector.close();
    vi.unstubAllEnvs();
  });

  const spanNamed = (name: string) => {
    const span = collector.spans().find((one) => one.name === name);
    if (!span) throw new Error(`No span ${name} in ${collector.spans().map((one) => one.name)}`);
    return span;
  };

  it('the model, the tokens and the end of a turn, by the conventions for generative AI', () => {
    expect(spanNamed('chat demo')).toMatchObject({
      service: 'confab',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'demo',
        'gen_ai.request.model': 'demo',
        'gen_ai.request.stream': true,
        'gen_ai.conversation.id': hashed('session-1'),
        'gen_ai.usage.input_tokens': 7,
        'gen_ai.usage.output_tokens': 5,
        'gen_ai.usage.reasoning.output_tokens': 2,
        'gen_ai.response.finish_reasons': { values: [{ stringValue: 'stop' }] },
        'gen_ai.response.time_to_first_chunk': expect.any(Number),
        'confab.turn.status': 'done',
      },
    });
  });

  it('each call of the store below its turn, and no call outside one', () => {
    const turn = spanNamed('chat demo');
    const write = spanNamed('store write');
    expect(write).toMatchObject({ traceId: turn.traceId, parentSpanId: turn.spanId });
    expect(write.attributes).toEqual({ 'db.system.name': 'sqlite', 'db.operation.name': 'write' });
    expect(collector.spans().map(({ name }) => name)).not.toContain('store check');
  });

  it('the reason of a failure', () => {
    const failed = collector.spans().filter(({ failed, scope }) => failed && scope === 'confab');
    expect(failed).toMatchObject([
      { name: 'store write', attributes: { 'db.system.name': 'redis', 'error.type': 'slow' } },
    ]);
    expect(spanNamed('chat org/gpt:1').attributes).toMatchObject({
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'org/gpt:1',
    });
  });

  it("the request of Next's spans, without addresses and messages of errors", () => {
    const parentSpanId = spanNamed('GET /').spanId;
    expect(spanNamed('fetch GET')).toMatchObject({
      parentSpanId,
      failed: true,
      attributes: { 'http.method': 'GET', 'http.route': '/api/chat/history' },
    });
    expect(collector.spans().map(({ name }) => name)).not.toContain('load route module');
  });

  it('no message, secret or id', () => {
    for (const secret of ['PLUGH', 'FROTZ', 'XYZZY', 'session-1', 'turn-1', 'owner-1'])
      expect(collector.text()).not.toContain(secret);
  });
});

/** Next puts addresses into names and attributes, and the message of an error into an event and the status. */
function failAsNextDoes(): void {
  const address = 'https://model.example/v1?key=XYZZY';
  const tracer = trace.getTracer('next.js');
  tracer.startSpan('load route module').end();
  const parent = tracer.startSpan('GET /', { attributes: { 'next.span_type': 'BaseServer.handleRequest' } });
  const options = {
    attributes: {
      'http.method': 'GET',
      'http.route': '/api/chat/history',
      'http.url': address,
      'http.target': '/api/chat/history?sessionId=session-1',
      'net.peer.name': 'XYZZY.example',
    },
  };
  const span = tracer.startSpan(`fetch GET ${address}`, options, trace.setSpan(ROOT_CONTEXT, parent));
  span.recordException(new Error('XYZZY'));
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'XYZZY' });
  span.end();
  parent.end();
}

describe('the spans of a turn', () => {
  afterEach(async () => {
    await tracing()?.stop();
    setTracing(null);
    vi.unstubAllEnvs();
  });

  it('are sent before a serverless process is frozen', async () => {
    const collector = await startOtlpCollector();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
    setTracing(startTracing({ isServerless: true }));
    await takeTurn('turn-2');
    expect(collector.spans()).toEqual([]);
    await tracing()?.turnEnded();
    expect(collector.spans().map(({ name }) => name)).toContain('chat demo');
    collector.close();
  });
});

it('do not exist without a collector: a turn then never calls OpenTelemetry', async () => {
  const calls = (['getTracer', 'getActiveSpan', 'getSpan'] as const).map((name) => vi.spyOn(trace, name));
  await takeTurn('turn-3');
  for (const call of calls) expect(call).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
