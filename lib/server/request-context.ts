import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** On `globalThis`, because the routes, the proxy and `instrumentation.ts` are separate bundles. */
const SLOT = Symbol.for('confab.request');
const shared: typeof globalThis & { [SLOT]?: AsyncLocalStorage<string> } = globalThis;
shared[SLOT] ??= new AsyncLocalStorage<string>();
const requests = shared[SLOT];

/** A UUID, a ULID or a trace id, as proxies make them. Anything else could be an attempt to forge a log line. */
const WELL_FORMED = /^[A-Za-z0-9._-]{8,64}$/;

/** The id that a proxy in front gave the request as `X-Request-Id`, if it is well formed, or else a new one. */
export function requestIdOf(headers: Pick<Headers, 'get'>): string {
  const given = headers.get('x-request-id');
  return given !== null && WELL_FORMED.test(given) ? given : randomUUID();
}

/**
 * Runs a handler with the id of its request, so that every log line it writes has that id. A page passes the headers
 * that `proxy.ts` gave it.
 */
export function inRequest<T>(
  request: { headers: Pick<Headers, 'get'> },
  handler: (requestId: string) => T,
): T {
  const id = requestIdOf(request.headers);
  return requests.run(id, handler, id);
}

/** The id of the request that this code runs for; undefined outside a request. */
export const currentRequestId = (): string | undefined => requests.getStore();
