import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/**
 * The attributes of Next's spans that are sent. The others contain addresses with ids, and host names of remote
 * images.
 */
const SAFE = new Set([
  ...['http.method', 'http.route', 'http.status_code', 'next.route', 'next.rsc', 'next.span_type'],
  'error.type',
]);

/** Whether a span of Next belongs to no request: it opens many while it loads its modules. */
export const isOfStart = (span: ReadableSpan): boolean =>
  !span.parentSpanContext && span.attributes['next.span_type'] !== 'BaseServer.handleRequest';

/**
 * A span of Next without ids and without what people typed: no addresses, and no error messages, which Next puts into
 * events and the status.
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

/** `fetch GET https://host/path` becomes `fetch GET`; the pattern of a route, such as `/s/[id]`, stays. */
const withoutAddresses = (name: string): string => name.replace(/\s*\b[a-z]+:\/\/\S*|\?\S*/gi, '');
