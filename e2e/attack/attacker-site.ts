import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The attacker's site: it serves hostile pages, and records every request that reaches it. */
export class AttackerSite {
  readonly hits: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #handlers = new Map<string, Handler>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.hits.push(`${request.method} ${request.headers.host}${request.url}`);
      for (const check of this.#waiting) check();
      request.resume();
      const handler = this.#handlers.get(request.url?.split('?')[0] ?? '');
      if (handler) handler(request, response);
      else response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
    });
  }

  static async start(): Promise<AttackerSite> {
    const site = new AttackerSite();
    site.#server.listen(0, '127.0.0.1');
    await once(site.#server, 'listening');
    return site;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The site is not listening.');
    return address.port;
  }

  handle(path: string, handler: Handler): string {
    this.#handlers.set(path, handler);
    return path;
  }

  /** Resolves once a request has arrived whose line contains this text. */
  reached(text: string): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!this.hits.some((hit) => hit.includes(text))) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Serves a page, and returns its address under this host name. */
  page(path: string, html: string, { host = 'evil.test', headers = {} } = {}): string {
    this.handle(path, (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', ...headers })
        .end(`<!doctype html><title>evil</title>${html}`),
    );
    return `http://${host}:${this.port}${path}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
