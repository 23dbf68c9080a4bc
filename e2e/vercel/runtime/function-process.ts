/**
 * One instance of a built function, as Vercel's Node runtime would run it: `node function-process.ts HANDLER`, with its
 * settings as JSON in `FUNCTION`. Started by `function-instance.ts`, which learns of its port and of its running
 * requests by messages. Erasable TypeScript without imports of the project, so that Node runs it as it is.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';

/** What `function-instance.ts` passes on. */
export interface FunctionSettings {
  /** The absolute path of the file that exports the handler. */
  handler: string;
  /** The handler takes a `Request` and returns a `Response`. */
  useWebApi: boolean;
  /**
   * A request that takes longer than this many seconds ends the process, even if other requests are running.
   */
  maxDuration: number;
}

/** Messages to the parent. `running`: requests that have not ended, including their `waitUntil` work. */
export type FunctionMessage = { port: number } | { running: number };

/** How the process exits when a request has taken longer than `maxDuration`. */
export const TIMED_OUT = 124;

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;
type WebHandler = (request: Request) => Promise<Response>;

interface RequestContext {
  waitUntil(work: Promise<unknown>): void;
  headers: IncomingMessage['headers'];
  url: string | undefined;
}

const contexts = new AsyncLocalStorage<RequestContext>();
/** Where Next's `after()` looks for `waitUntil`. */
Object.assign(globalThis, {
  [Symbol.for('@vercel/request-context')]: { get: () => contexts.getStore() },
});

function serve({ handler: path, useWebApi, maxDuration }: FunctionSettings): void {
  const handler: unknown = createRequire(path)(path);
  if (typeof handler !== 'function') throw new Error(`${path} exports no function`);
  const answer: NodeHandler = useWebApi ? fromWeb(handler as WebHandler) : (handler as NodeHandler);
  let running = 0;
  const tell = (message: FunctionMessage) => process.send?.(message);

  async function run(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const left = new Set<Promise<unknown>>();
    const waitUntil = (work: Promise<unknown>): void => {
      const watched = Promise.resolve(work)
        .catch((error: unknown) => console.error('waitUntil:', error))
        .finally(() => left.delete(watched));
      left.add(watched);
    };
    const closed = new Promise((resolve) => response.once('close', resolve));
    const timer = setTimeout(() => {
      console.error(`FUNCTION_INVOCATION_TIMEOUT after ${maxDuration} s`);
      process.exit(TIMED_OUT);
    }, maxDuration * 1_000);
    tell({ running: ++running });
    try {
      const { headers, url } = request;
      await contexts.run({ waitUntil, headers, url }, async () => answer(request, response));
    } catch (error) {
      console.error('FUNCTION_INVOCATION_FAILED', error);
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    }
    await closed;
    while (left.size > 0) await Promise.all(left);
    clearTimeout(timer);
    tell({ running: --running });
  }

  const server = createServer((request, response) => void run(request, response));
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address !== 'string') tell({ port: address.port });
  });
}

/** Turns a web handler into a Node handler. */
const fromWeb =
  (handler: WebHandler): NodeHandler =>
  async (request, response) => {
    const { method = 'GET', headers, url } = request;
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const answer = await handler(
      new Request(`${headers['x-forwarded-proto']}://${headers['x-forwarded-host']}${url}`, {
        method,
        headers: Object.entries(headers).flatMap(([name, value]) =>
          [value ?? []].flat().map((each): [string, string] => [name, each]),
        ),
        ...(hasBody && { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' }),
      }),
    );
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
    const cookies = answer.headers.getSetCookie();
    if (cookies.length > 0) response.setHeader('set-cookie', cookies);
    if (answer.body) for await (const chunk of answer.body) response.write(chunk);
    response.end();
  };

const settings = process.env.FUNCTION;
if (settings && process.send) {
  delete process.env.FUNCTION;
  process.once('disconnect', () => process.exit(0));
  serve(JSON.parse(settings));
}
