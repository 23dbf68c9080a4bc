import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { splitModelId } from '@/lib/chat/model-info';
import type { Turn } from '@/lib/chat/turn';
import { hashed, log, reasonOf } from '@/lib/server/log';
import type { TurnRef } from '@/lib/server/store/store';
import { isOfStart, safeSpan } from './safe-span';
import type { Tracing } from './tracing';

const TRACER = 'confab';
/** A collector that does not answer is logged this often. */
const WARN_EVERY_MS = 60_000;

class SafeExporter extends OTLPTraceExporter {
  override export(spans: ReadableSpan[], done: Parameters<OTLPTraceExporter['export']>[1]): void {
    const isOurs = (span: ReadableSpan) => span.instrumentationScope.name === TRACER;
    const wanted = spans.filter((span) => isOurs(span) || !isOfStart(span));
    super.export(
      wanted.map((span) => (isOurs(span) ? span : safeSpan(span))),
      done,
    );
  }
}

/**
 * Sends spans to an OTLP collector, as JSON over HTTP. OpenTelemetry reads the address, the headers and the service's
 * name from its own variables: `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SERVICE_NAME` and
 * so on. Once a provider is registered, Next opens a span for each request.
 */
export function startTracing({ isServerless }: { isServerless: boolean }): Tracing {
  const report = logFailures();
  setGlobalErrorHandler(report);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': TRACER }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor({ exporter: new SafeExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  // Next passes its own span from the proxy to the route in the request's headers.
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const tracer = provider.getTracer(TRACER);

  async function inSpan<T>(
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    work: (span: Span) => Promise<T>,
  ): Promise<T> {
    return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
      try {
        return await work(span);
      } catch (error) {
        fail(span, typeOf(error));
        throw error;
      } finally {
        span.end();
      }
    });
  }

  return {
    turn(ref, modelId, work) {
      const { provider, model } = splitModelId(modelId) ?? { provider: '', model: modelId };
      return inSpan(`chat ${model}`, SpanKind.CLIENT, attributesOf(ref, provider, model), (span) =>
        work((turn, hadToken) => describe(span, turn, hadToken)),
      );
    },
    storeCall(driver, call, work) {
      if (!trace.getActiveSpan()) return work();
      return inSpan(`store ${call}`, SpanKind.CLIENT, storeAttributes(driver, call), work);
    },
    async turnEnded() {
      if (!isServerless) return;
      // The span of a turn ends just after its run.
      await new Promise((resolve) => setImmediate(resolve));
      await provider.forceFlush().catch(report);
    },
    async stop() {
      await provider.shutdown().catch(report);
      for (const api of [trace, context, propagation]) api.disable();
    },
  };
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/, without the attributes that contain text. */
const attributesOf = ({ sessionId }: TurnRef, provider: string, model: string): Attributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': provider,
  'gen_ai.request.model': model,
  'gen_ai.request.stream': true,
  'gen_ai.conversation.id': hashed(sessionId),
});

function describe(span: Span, turn: Turn, hadToken: boolean): void {
  const { status, finishReason, usage, timing, error } = turn;
  span.setAttributes({
    'confab.turn.status': status,
    ...(finishReason && { 'gen_ai.response.finish_reasons': [finishReason] }),
    ...(usage && {
      'gen_ai.usage.input_tokens': usage.inputTokens,
      'gen_ai.usage.output_tokens': usage.outputTokens,
      ...(usage.reasoningTokens !== undefined && {
        'gen_ai.usage.reasoning.output_tokens': usage.reasoningTokens,
      }),
    }),
    ...(timing && hadToken && { 'gen_ai.response.time_to_first_chunk': timing.firstTokenMs / 1000 }),
  });
  if (error) fail(span, error.reason ?? error.code);
}

const storeAttributes = (driver: string, call: string): Attributes => ({
  // Upstash is Redis over HTTP.
  'db.system.name': driver === 'sqlite' ? 'sqlite' : 'redis',
  'db.operation.name': call,
});

function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The reason or code of an error, or its name: its message could quote what people typed. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  for (const field of ['reason', 'code']) {
    const value: unknown = Reflect.get(error, field);
    if (typeof value === 'string') return value;
  }
  return error.name;
}

/** Returns a function that logs what was thrown, or the first of a list, once a minute. */
function logFailures(): (error: unknown) => void {
  let quietUntil = 0;
  return (error) => {
    const now = Date.now();
    if (now < quietUntil) return;
    quietUntil = now + WARN_EVERY_MS;
    const [first]: unknown[] = [error].flat();
    log('warn', 'traces_not_sent', { reason: typeof first === 'string' ? first : reasonOf(first) });
  };
}
