import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

interface Post {
  headers: Record<string, string | undefined>;
  body: unknown;
  /** An abort closes the connection, at any time. */
  signal: AbortSignal | undefined;
}

/** Redirects that keep the method and the body. */
const REDIRECTS = new Set([307, 308]);
const MOST_REDIRECTS = 3;

/**
 * Posts JSON over `node:http`. Resolves when the head of the response has arrived; the body is still to be
 * read. Uses Node's own connection pool, so `NODE_USE_ENV_PROXY` works. Not `fetch`: Next's version and its
 * web streams cost several times the CPU for each token (`docs/bench.md`). A redirect is followed only on the same
 * host: the conversation and the key are meant for that one. Any other is the response itself.
 * @throws the network error, with its `code`.
 */
export async function postJson(url: URL, { headers, body, signal }: Post): Promise<IncomingMessage> {
  const text = JSON.stringify(body);
  let target = url;
  for (let redirects = 0; ; redirects++) {
    const response = await send(target, { headers, text, signal });
    const { statusCode = 0, headers: responseHeaders } = response;
    if (!REDIRECTS.has(statusCode) || !responseHeaders.location || redirects === MOST_REDIRECTS)
      return response;
    if (!isSameHost(responseHeaders.location, target)) return response;
    response.destroy();
    target = new URL(responseHeaders.location, target);
  }
}

/** The same origin, or the same host on https instead of http. */
function isSameHost(location: string, from: URL): boolean {
  if (!URL.canParse(location, from)) return false;
  const to = new URL(location, from);
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:' && !from.port && !to.port;
  return to.origin === from.origin || (isUpgrade && to.hostname === from.hostname);
}

function send(
  url: URL,
  { headers, text, signal }: Pick<Post, 'headers' | 'signal'> & { text: string },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method: 'POST',
      headers: {
        ...headers,
        accept: 'text/event-stream',
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      },
    });
    const abort = () => request.destroy(new Error('aborted'));
    signal?.addEventListener('abort', abort, { once: true });
    request.once('close', () => signal?.removeEventListener('abort', abort));
    request.once('response', resolve);
    // Not `once`: after the head has arrived a second error must not be unhandled; the response reports it.
    request.on('error', reject);
    request.end(text);
  });
}
