import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** What Next may say of a request; the rest holds addresses with ids, and host names of remote pictures. */
const SAFE = new Set([
  ...['http.method', 'http.route', 'http.status_code', 'next.route', 'next.rsc', 'next.span_type'],
  'error.type',
]);

/** Whether this is a span of Next that belongs to no request, such as one of the many modules that it loads first. */
export const isOfStart = (span: ReadableSpan): boolean =>
  !span.parentSpanContext && span.attributes['next.span_type'] !== 'BaseServer.handleRequest';

/**
 * A span of Next without what people typed or ids: no addresses, and no messages of errors, which Next adds as events
 * and to the status.
 */
export const safeSpan = (span: ReadableSpan): ReadableSpan => ({
  name: withoutAddresses(span.name),
  kind: span.kind,
  spanContext: () => span.spanContext(),
  ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
  startTime: span.startTime,
  endTime: span.endTime,
  status: { code: span.status.code },
  attributes: Object.fromEntries(Object.entries(span.attributes).filter(([name]) => SAFE.has(name))),
  links: [],
  events: [],
  duration: span.duration,
  ended: span.ended,
  resource: span.resource,
  instrumentationScope: span.instrumentationScope,
  droppedAttributesCount: span.droppedAttributesCount,
  droppedEventsCount: span.droppedEventsCount,
  droppedLinksCount: span.droppedLinksCount,
});

/** `fetch GET https://host/path` becomes `fetch GET`; the path of a route, such as `/s/[id]`, stays. */
const withoutAddresses = (name: string): string => name.replace(/\s*\b[a-z]+:\/\/\S*|\?\S*/gi, '');
