import { ChatError, statusOf } from '@/lib/chat/errors';
import type { Answer, ErrorAnswer } from '@/lib/chat/wire';
import { SettingsError } from '@/lib/server/env';
import { log, reasonOf } from '@/lib/server/log';
import { countLimitHit } from '@/lib/server/metrics/metrics';
import { inRequest } from '@/lib/server/request-context';
import { type Services, services } from '@/lib/server/services';
import type { StoredImage } from '@/lib/server/store/store';

/**
 * A JSON answer of the HTTP contract, named by its type: `json<TurnAnswer>({ turn })`. The default `never` and `NoInfer`
 * make a call without the type an error. No answer may be cached: most hold a user's data, the rest change with the
 * settings.
 */
export function json<T extends Answer = never>(
  body: NoInfer<T>,
  { status = 200, setCookie = null as string | null } = {},
): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (setCookie) headers.set('set-cookie', setCookie);
  return Response.json(body, { status, headers });
}

/** Server-sent events. `no-transform` and `x-accel-buffering` keep proxies from buffering them. */
export function eventStream(stream: ReadableStream<Uint8Array>, setCookie: string | null = null): Response {
  const headers = new Headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
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
  const cached = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? [];
  if (cached.some((tag) => tag.replace(/^W\//, '') === etag))
    return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(image.data), { headers });
}

/** Runs a handler. What it throws becomes an error answer with a code; the cause goes to the log. */
export async function handle(
  request: Request,
  handler: (services: Services) => Promise<Response>,
): Promise<Response> {
  return inRequest(request, async (requestId) => {
    const response = await services()
      .then(handler)
      .catch((error: unknown) => errorResponse(request, error));
    response.headers.set('x-request-id', requestId);
    return response;
  });
}

function errorResponse(request: Request, error: unknown): Response {
  const chatError = error instanceof ChatError ? error : new ChatError('internal', { cause: error });
  const status = statusOf(chatError.code);
  if (status >= 500) {
    const { pathname } = new URL(request.url);
    const reason = error instanceof SettingsError ? error.message : reasonOf(chatError.cause ?? chatError);
    log('error', 'request_failed', { method: request.method, path: pathname, code: chatError.code, reason });
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
