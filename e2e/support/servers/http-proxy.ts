import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A proxy with the faults of real proxies, which a test can turn on. */
export interface HttpProxy {
  url: string;
  /** Holds each event stream back until it is complete, like a proxy that buffers or scans responses. */
  holdsStreams: boolean;
  /** Passes every request of the API on, and answers 502 with a page of its own. */
  losesAnswers: boolean;
  /** How many sends it has passed on to the server. */
  sends: number;
  close(): Promise<void>;
}

export async function startHttpProxy(target: string): Promise<HttpProxy> {
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    if (method === 'POST' && url === '/api/chat/stream') proxy.sends += 1;
    const upstream = request(`${target}${url}`, { method, headers }, (answer) => {
      void passOn(answer, outgoing, url.startsWith('/api/'));
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  });

  async function passOn(answer: IncomingMessage, outgoing: ServerResponse, isApi: boolean): Promise<void> {
    const { statusCode = 502, headers } = answer;
    if (proxy.losesAnswers && isApi) {
      outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<html>502 Bad Gateway</html>');
      return;
    }
    if (proxy.holdsStreams && headers['content-type']?.startsWith('text/event-stream')) {
      const body = await buffer(answer).catch(() => null);
      if (body) outgoing.writeHead(statusCode, headers).end(body);
      return;
    }
    outgoing.writeHead(statusCode, headers);
    answer.pipe(outgoing);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listening socket has no port.');
  const proxy: HttpProxy = {
    url: `http://127.0.0.1:${address.port}`,
    holdsStreams: false,
    losesAnswers: false,
    sends: 0,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
