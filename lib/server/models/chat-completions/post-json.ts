import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

interface Post {
  headers: Record<string, string | undefined>;
  body: unknown;
  /** Aborted: the connection is closed, whatever came by then. */
  signal: AbortSignal | undefined;
}

const AGAIN_THERE = new Set([307, 308]);
const MOST_REDIRECTS = 3;

/**
 * Posts JSON over `node:http` and resolves with the head of the answer; its body is yet to be read. Connections are
 * Node's own pool (so that `NODE_USE_ENV_PROXY` counts). In place of `fetch`: Next's and its web streams cost several
 * times the processor for each token (`docs/bench.md`).
 * @throws the network's error, with its `code`.
 */
export async function postJson(url: URL, { headers, body, signal }: Post): Promise<IncomingMessage> {
  const text = JSON.stringify(body);
  let target = url;
  for (let redirects = 0; ; redirects++) {
    const own = target.origin === url.origin ? headers : {};
    const answer = await send(target, { headers: own, text, signal });
    const { statusCode = 0, headers: said } = answer;
    if (!AGAIN_THERE.has(statusCode) || !said.location || redirects === MOST_REDIRECTS) return answer;
    answer.destroy();
    target = new URL(said.location, target);
  }
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
    const leave = () => request.destroy(new Error('left'));
    signal?.addEventListener('abort', leave, { once: true });
    request.once('close', () => signal?.removeEventListener('abort', leave));
    request.once('response', resolve);
    // Stays after the head has come: what breaks then is told by the answer itself.
    request.on('error', reject);
    request.end(text);
  });
}
