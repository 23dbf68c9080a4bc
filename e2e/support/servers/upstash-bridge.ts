import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Redis } from 'ioredis';

/** Upstash's limit for one request on its smallest plans (upstash.com/docs/redis: 10 MB). */
const MAX_BODY_BYTES = 10_000_000;

type Command = (string | number)[];
type Reply = { result: unknown } | { error: string };

/**
 * Upstash's REST API in front of a real redis-server, so that tests can use the real `@upstash/redis` client:
 * `POST /` runs one command, `/pipeline` several, `/multi-exec` several atomically. A missing or wrong bearer token is
 * a 401, an error is `{error}` with 400, and replies are base64 if the client sends `Upstash-Encoding: base64`.
 * See upstash.com/docs/redis/features/restapi.
 */
export class UpstashBridge {
  readonly token: string;
  /** While set, every command fails with this error, as when the quota is used up. */
  refusal: string | null = null;
  /** While set, every request gets this answer, as from a proxy in front of Upstash. */
  answer: { status: number; body: string } | null = null;
  readonly #redis: Redis;
  readonly #server: Server;

  private constructor(redisUrl: string, token: string) {
    this.token = token;
    this.#redis = new Redis(redisUrl, { maxRetriesPerRequest: 0 });
    // Failures are reported to the client, request by request.
    this.#redis.on('error', () => undefined);
    this.#server = createServer((request, response) => {
      const { answer } = this;
      if (answer) {
        response.writeHead(answer.status).end(answer.body);
        return;
      }
      this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      }, response.destroy.bind(response));
    });
  }

  static async start(redisUrl: string, token = 'bridge-token'): Promise<UpstashBridge> {
    const bridge = new UpstashBridge(redisUrl, token);
    bridge.#server.listen(0, '127.0.0.1');
    await once(bridge.#server, 'listening');
    return bridge;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The bridge is not listening.');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return { status: 401, body: { error: 'WRONGPASS invalid or missing auth token' } };
    const body = await readJson(request);
    if (this.refusal !== null) return { status: 400, body: { error: this.refusal } };
    const encode = request.headers['upstash-encoding'] === 'base64' ? inBase64 : (value: unknown) => value;
    switch (`${request.method} ${request.url}`) {
      case 'POST /': {
        if (!isCommand(body)) return badRequest('a command is a list of strings and numbers');
        const reply = await this.#run(body);
        return { status: 'error' in reply ? 400 : 200, body: encoded(reply, encode) };
      }
      case 'POST /pipeline': {
        if (!isCommands(body)) return badRequest('a pipeline is a list of commands');
        const replies = await Promise.all(body.map((command) => this.#run(command)));
        return { status: 200, body: replies.map((reply) => encoded(reply, encode)) };
      }
      case 'POST /multi-exec': {
        if (!isCommands(body)) return badRequest('a transaction is a list of commands');
        const replies = await this.#transaction(body);
        if ('error' in replies) return { status: 400, body: replies };
        return { status: 200, body: replies.results.map((reply) => encoded(reply, encode)) };
      }
      default:
        return badRequest('unknown path');
    }
  }

  async #run([name = '', ...args]: Command): Promise<Reply> {
    try {
      return { result: await this.#redis.call(String(name), ...args) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  }

  async #transaction(commands: Command[]): Promise<{ results: Reply[] } | { error: string }> {
    const transaction = this.#redis.multi();
    for (const [name = '', ...args] of commands) transaction.call(String(name), ...args);
    try {
      const replies = (await transaction.exec()) ?? [];
      return {
        results: replies.map(([error, result]) => (error ? { error: messageOf(error) } : { result })),
      };
    } catch (error) {
      return { error: messageOf(error) };
    }
  }
}

const badRequest = (error: string) => ({ status: 400, body: { error: `ERR ${error}` } });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const encoded = (reply: Reply, encode: (value: unknown) => unknown): unknown =>
  'error' in reply ? reply : { result: encode(reply.result) };

/** Encodes every string except "OK", which Upstash does not encode. */
function inBase64(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inBase64);
  if (typeof value !== 'string' || value === 'OK') return value;
  return Buffer.from(value, 'utf8').toString('base64');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined; // rejected by the caller as an invalid command
  }
}

const isCommand = (value: unknown): value is Command =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => typeof item === 'string' || typeof item === 'number');

const isCommands = (value: unknown): value is Command[] => Array.isArray(value) && value.every(isCommand);
