import { ChatError, statusOf } from '@/lib/chat/chat-error';
import { withBasePath } from '@/lib/chat/site-path';
import type { Answer, ErrorAnswer } from '@/lib/chat/wire';
import { requireAccess } from '@/lib/server/access/require-access';
import { SettingsError } from '@/lib/server/env';
import { hashed, log, reasonOf } from '@/lib/server/log';
import { countLimitHit } from '@/lib/server/metrics/metrics';
import { inRequest } from '@/lib/server/request-context';
import { type Services, services } from '@/lib/server/services';
import type { StoredImage } from '@/lib/server/store/store';
import { isSafe, passGate, type RouteOptions } from './gate';
import { secureResponse } from './security-headers';

/**
 * A JSON answer of the HTTP contract, named by its type: `json<TurnAnswer>({ turn })`. The default `never` and
 * `NoInfer` make a call without the type an error. No answer may be cached: most hold a user's data, the rest change
 * with the settings.
 */
export function json<T extends Answer = never>(
  body: NoInfer<T>,
  { status = 200, setCookie = null as string | null } = {},
): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (setCookie) headers.set('set-cookie', setCookie);
  return Response.json(body, { status, headers });
}

/** 204, with these `Set-Cookie` headers. */
export function noContent(...setCookies: readonly (string | null)[]): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const setCookie of setCookies) if (setCookie) headers.append('set-cookie', setCookie);
  return new Response(null, { status: 204, headers });
}

/** Sends the browser to a path of the site or to another site, with these `Set-Cookie` headers. */
export function redirectTo({ location, cookies }: { location: string; cookies: string[] }): Response {
  const address = location.startsWith('/') ? withBasePath(location) : location;
  const headers = new Headers({ location: address, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** Server-sent events. `no-transform` and `x-accel-buffering` keep proxies from buffering them. */
export function eventStream(stream: ReadableStream<Uint8Array>, setCookie: string | null = null): Response {
  const headers = new Headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  if (setCookie) headers.set('set-cookie', setCookie);
  return new Response(stream, { headers });
}

/**
 * A stored image. Its id is a hash of its bytes, so it never changes and the browser may cache it for a year.
 * The policy stops a file that pretends to be an image from running anything when it is opened directly.
 */
export function imageResponse(request: Request, image: StoredImage): Response {
  const etag = `"${image.id}"`;
  const headers = new Headers({
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': image.type,
    'cross-origin-resource-policy': 'same-origin',
    etag,
    'x-content-type-options': 'nosniff',
  });
  const cached = request.headers.get('if-none-match')?.split(',') ?? [];
  if (cached.some((tag) => tag.trim().replace(/^W\//, '') === etag))
    return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(image.data), { headers });
}

/**
 * Runs a handler of the API, behind the gate. What either of them throws becomes an error answer with a code; the
 * cause goes to the log.
 */
export async function handle(
  request: Request,
  options: RouteOptions,
  handler: (services: Services) => Promise<Response>,
): Promise<Response> {
  return inRequest(request, async (requestId) => {
    const response = await services()
      .then(async (opened) => {
        passGate(request, opened.settings, options);
        await requireAccess(request, opened);
        return handler(opened);
      })
      .catch((error: unknown) => errorResponse(request, error));
    response.headers.set('x-request-id', requestId);
    return secureResponse(response, new URL(request.url).protocol === 'https:');
  });
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/**
 * Handlers for the methods that a route does not have: the answer is JSON and lists those it has. Next makes `HEAD`
 * from `GET`.
 */
export function otherMethods(...own: Method[]): Record<Method, (request: Request) => Promise<Response>> {
  const refuse = (request: Request) => handle(request, {}, async () => methodNotAllowed(request, own));
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: refuse };
}

/** @param allowed for the `Allow` header (RFC 9110, 15.5.6). */
function methodNotAllowed(request: Request, allowed: readonly Method[]): Response {
  const response = errorResponse(request, new ChatError('method_not_allowed'));
  const methods = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  response.headers.set('allow', methods.join(', '));
  return response;
}

/**
 * The refusal of a page request, or null if the page may be rendered. A page only reads, so everything but GET and
 * HEAD is refused. If the settings are wrong, the page is served so that it can say so.
 */
export async function refusePage(request: Request): Promise<Response | null> {
  try {
    const settings = await services().then(
      (opened) => opened.settings,
      () => ({ allowedHosts: null, trustProxy: 0 }),
    );
    passGate(request, settings);
    return isSafe(request.method) ? null : secureResponse(methodNotAllowed(request, ['GET']), false);
  } catch (error) {
    return secureResponse(errorResponse(request, error), false);
  }
}

/** The answer to a request that failed. */
export function errorResponse(request: Request, error: unknown): Response {
  const chatError = error instanceof ChatError ? error : new ChatError('internal', { cause: error });
  const status = statusOf(chatError.code);
  if (status >= 500) {
    const reason = error instanceof SettingsError ? error.message : reasonOf(chatError.cause ?? chatError);
    log('error', 'request_failed', {
      method: request.method,
      path: loggedPath(request),
      code: chatError.code,
      reason,
    });
  }
  const { code, reason, message, activeTurnId, retryAfterMs } = chatError;
  if (status === 429) countLimitHit(code, reason);
  const response = json<ErrorAnswer>(
    { error: { code, reason, message, activeTurnId, retryAfterMs } },
    { status },
  );
  if (retryAfterMs !== undefined) response.headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  return response;
}

/** The path with each id hashed: `/api/chat/sessions/{id}`. The segment after a plural is an id. */
const loggedPath = (request: Request): string =>
  new URL(request.url).pathname.replace(
    /(\/[a-z]+s)\/([^/]+)/g,
    (_, collection, id) => `${collection}/${hashed(id)}`,
  );
