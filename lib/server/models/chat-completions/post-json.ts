import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

interface Post {
  headers: Record<string, string | undefined>;
  body: unknown;
  /** An abort closes the connection, at any time. */
  signal: AbortSignal | undefined;
}

/**
 * Posts JSON over `node:http`. Resolves when the head of the response has arrived; the body is still to be
 * read. Uses Node's own connection pool, so `NODE_USE_ENV_PROXY` works. Not `fetch`: Next's version and its
 * web streams cost several times the CPU for each token (`docs/bench.md`). A redirect is not followed: the
 * conversation and the key are meant for this address, and whoever answers could send them anywhere.
 * @throws the network error, with its `code`.
 */
export function postJson(url: URL, { headers, body, signal }: Post): Promise<IncomingMessage> {
  const text = JSON.stringify(body);
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
