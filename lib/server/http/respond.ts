import { ChatError, statusOf } from '@/lib/chat/errors';
import type { Answer, ErrorAnswer } from '@/lib/chat/wire';
import { SettingsError } from '@/lib/server/env';
import { log, reasonOf } from '@/lib/server/log';
import { type Services, services } from '@/lib/server/services';
import type { StoredImage } from '@/lib/server/store/store';

/**
 * A JSON answer of the HTTP contract, named by its type: `json<TurnAnswer>({ turn })`. It holds a user's data, so no cache
 * on the way may store it.
 */
export function json<T extends Answer = never>(
  body: NoInfer<T>,
  { status = 200, setCookie = null as string | null } = {},
): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (setCookie) headers.set('set-cookie', setCookie);
  return Response.json(body, { status, headers });
}

/** Server-sent events. `no-transform` and `x-accel-buffering` keep proxies from holding the first words back. */
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
 * A stored image. Its id is made from its bytes, so that it never changes: the browser that may see it keeps it for a
 * year. Opened by itself it is a picture and nothing else, whatever is hidden in it.
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
  const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? [];
  if (known.some((tag) => tag.replace(/^W\//, '') === etag))
    return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(image.data), { headers });
}

/** Runs a handler with the services; what it throws becomes a coded error answer, and its cause a line in the log. */
export async function handle(
  request: Request,
  handler: (services: Services) => Promise<Response>,
): Promise<Response> {
  try {
    return await handler(await services());
  } catch (error) {
    return errorResponse(request, error);
  }
}

function errorResponse(request: Request, error: unknown): Response {
  const known = error instanceof ChatError ? error : new ChatError('internal', { cause: error });
  const status = statusOf(known.code);
  if (status >= 500) {
    const { pathname } = new URL(request.url);
    const reason = error instanceof SettingsError ? error.message : reasonOf(known.cause ?? known);
    log('error', 'request_failed', { method: request.method, path: pathname, code: known.code, reason });
  }
  const { code, reason, message, activeTurnId, retryAfterMs } = known;
  const response = json<ErrorAnswer>(
    { error: { code, reason, message, activeTurnId, retryAfterMs } },
    { status },
  );
  if (retryAfterMs !== undefined) response.headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  return response;
}
