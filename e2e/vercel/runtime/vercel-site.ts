import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Certificates } from '@/e2e/support/servers/certificates';
import type { BuildOutput, BuiltFunction } from './build-output';
import { FunctionInstance } from './function-instance';
import { TIMED_OUT } from './function-process';
import { type RoutedRequest, Router } from './router';

/** The limit for a request's body; see vercel.com/docs/functions/limitations. */
export const BODY_BYTES = 4.5 * 1024 * 1024;
/** Vercel's default `maxDuration` (fluid compute), in seconds. */
const DEFAULT_MAX_DURATION = 300;
/** The most processes of one function, for concurrent requests. */
const MOST_INSTANCES = 2;
/** The visitor, as Vercel's proxy reports it. */
const VISITOR_ADDRESS = '203.0.113.9';

export interface SiteOptions {
  output: BuildOutput;
  certificates: Certificates;
  /** The environment variables of the deployment. */
  environment?: Record<string, string>;
  /** Whether idle functions are frozen. */
  freezes?: boolean;
}

/**
 * Serves the output of `vercel build` on a loopback port over https, as Vercel would: its routes, files and
 * middleware, and each function in separate processes with only its own files.
 */
export class VercelSite {
  readonly #options: SiteOptions;
  readonly #router: Router;
  readonly #server: Server;
  readonly #tasks = mkdtempSync(join(tmpdir(), 'confab-vercel-'));
  readonly #instances = new Map<string, FunctionInstance[]>();
  /** The seconds after which functions that start from now on are ended, instead of their own `maxDuration`. */
  endsAfter: number | undefined;
  #log = '';
  #freezes = 0;
  /** The instance that served each request, for checks that need a different one. */
  readonly served: { path: string; instance: FunctionInstance }[] = [];

  private constructor(options: SiteOptions) {
    this.#options = options;
    this.#router = new Router(options.output);
    const { certFile, keyFile } = options.certificates;
    this.#server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (req, res) => {
      this.#answer(req, res).catch((error: unknown) => {
        this.#log += `${error}\n`;
        const status = String(error).includes(`exited with ${TIMED_OUT}`) ? 504 : 502;
        end(res, status, 'FUNCTION_INVOCATION_FAILED');
      });
    });
  }

  static async start(options: SiteOptions): Promise<VercelSite> {
    const site = new VercelSite(options);
    site.#server.listen(0, '127.0.0.1');
    await once(site.#server, 'listening');
    return site;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The site is not listening.');
    return `https://localhost:${address.port}`;
  }

  /** The output of all functions. */
  get log(): string {
    return this.#log;
  }

  /** How often functions have been frozen. */
  get freezeCount(): number {
    return [...this.#instances.values()]
      .flat()
      .reduce((sum, { freezeCount }) => sum + freezeCount, this.#freezes);
  }

  /** Ends all functions, as Vercel does after a while without requests. */
  async endInstances(): Promise<void> {
    for (const instance of [...this.#instances.values()].flat()) instance.kill();
    while (this.#instances.size > 0) await pause(10);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await this.endInstances();
    rmSync(this.#tasks, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) {
      request.resume();
      return end(response, 413, 'Request Entity Too Large\n\nFUNCTION_PAYLOAD_TOO_LARGE\n');
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://site');
    const routed: RoutedRequest = {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      path: pathname,
      query: searchParams,
      headers: this.#incomingHeaders(request),
      responseHeaders: {},
      status: undefined,
    };
    const target = await this.#router.find(routed, (path, each) => this.#middleware(path, each, response));
    switch (target?.kind) {
      case undefined:
        return;
      case 'redirect':
        response.writeHead(routed.status ?? 308, routed.responseHeaders).end();
        return;
      case 'file':
        response.writeHead(routed.status ?? 200, {
          ...routed.responseHeaders,
          'content-type': target.contentType,
        });
        response.end(routed.method === 'HEAD' ? undefined : readFileSync(target.path));
        return;
      case 'none':
        return end(response, routed.status ?? 404, 'The page could not be found\n\nNOT_FOUND\n');
      case 'function':
        return this.#invoke(target, routed, request, response);
    }
  }

  async #invoke(
    { path, function: found }: { path: string; function: BuiltFunction },
    routed: RoutedRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const query = routed.query.toString();
    const matched = path === '/index' ? '/' : path;
    const instance = this.#instanceOf(found);
    this.served.push({ path: routed.path, instance });
    const answer = await instance.call(
      {
        method: routed.method,
        // The function gets the address as it was sent, and what the routes found in it.
        path: new URL(routed.url, 'https://site').pathname + (query ? `?${query}` : ''),
        headers: { ...routed.headers, 'x-matched-path': matched },
      },
      (call) => {
        request.pipe(call);
        response.once('close', () => response.writableFinished || call.destroy());
      },
    );
    const headers = { ...routed.responseHeaders, ...withoutHops(answer) };
    const cookies = [routed.responseHeaders['set-cookie'], answer.headers['set-cookie']].flat();
    const sent = cookies.filter((cookie) => typeof cookie === 'string');
    if (sent.length > 0) headers['set-cookie'] = sent;
    const { statusCode = 502 } = answer;
    response.writeHead(statusCode === 200 ? (routed.status ?? 200) : statusCode, headers).flushHeaders();
    // The process of the function has ended, so the visitor's stream breaks off.
    answer.once('error', () => response.destroy());
    answer.pipe(response);
  }

  /** @returns whether it has answered. */
  async #middleware(path: string, routed: RoutedRequest, response: ServerResponse): Promise<boolean> {
    const found = this.#options.output.functionAt(path.slice(1));
    if (!found) throw new Error(`there is no middleware at ${path}`);
    const answer = await this.#instanceOf(found).call(
      {
        method: routed.method,
        path: routed.url,
        // The middleware gets no body.
        headers: { ...routed.headers, 'content-length': '0' },
      },
      (call) => call.end(),
    );
    const { headers } = answer;
    const kept = headers['x-middleware-override-headers']?.toString().split(',').filter(Boolean);
    if (kept)
      routed.headers = Object.fromEntries(
        kept
          .map((name) => [name, headers[`x-middleware-request-${name}`]])
          .filter(([, value]) => value !== undefined),
      );
    for (const [name, value] of Object.entries(withoutHops(answer)))
      if (!/^(x-middleware-.*|content-length|date)$/.test(name)) routed.responseHeaders[name] = value;
    const rewrite = headers['x-middleware-rewrite']?.toString();
    if (rewrite) {
      const to = new URL(rewrite, 'https://site');
      routed.path = to.pathname;
      routed.query = to.searchParams;
    }
    if (rewrite || headers['x-middleware-next']) {
      answer.resume();
      return false;
    }
    response.writeHead(answer.statusCode ?? 502, routed.responseHeaders);
    answer.pipe(response);
    return true;
  }

  /** An idle process of this function; otherwise a new one, or a busy one once the limit is reached. */
  #instanceOf(found: BuiltFunction): FunctionInstance {
    const living = this.#instances.get(found.name) ?? [];
    const idle = living.find(({ isIdle }) => isIdle);
    if (idle) return idle;
    const [busy] = living;
    if (busy && living.length >= MOST_INSTANCES) return busy;
    const instance = this.#start(found);
    this.#instances.set(found.name, [...living, instance]);
    return instance;
  }

  #start(found: BuiltFunction): FunctionInstance {
    const { config, name } = found;
    const { environment, freezes = false } = this.#options;
    const task = this.#taskOf(found);
    const instance = new FunctionInstance({
      function: {
        handler: join(task, config.handler),
        useWebApi: config.useWebApi === true,
        maxDuration: this.endsAfter ?? config.maxDuration ?? DEFAULT_MAX_DURATION,
      },
      environment: {
        PATH: process.env.PATH ?? '',
        TMPDIR: this.#tasks,
        VERCEL: '1',
        VERCEL_ENV: 'production',
        VERCEL_REGION: 'iad1',
        VERCEL_GIT_COMMIT_REF: 'main',
        ...config.environment,
        ...environment,
      },
      freezes,
      onOutput: (text) => {
        this.#log += text;
      },
      onExit: () => {
        this.#freezes += instance.freezeCount;
        const others = (this.#instances.get(name) ?? []).filter((each) => each !== instance);
        if (others.length > 0) this.#instances.set(name, others);
        else this.#instances.delete(name);
      },
    });
    return instance;
  }

  /** A folder with copies of the function's files, out of reach of the rest of the project. */
  #taskOf(found: BuiltFunction): string {
    const task = join(this.#tasks, encodeURIComponent(found.name));
    if (lstatSync(task, { throwIfNoEntry: false })) return task;
    for (const [path, source] of this.#options.output.filesOf(found)) {
      const file = join(task, path);
      mkdirSync(dirname(file), { recursive: true });
      // Next's own links are relative, and stay links: Node would follow one to a file outside.
      if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), file);
      else copyFileSync(source, file);
    }
    return task;
  }

  /** Vercel replaces what a visitor says about itself. */
  #incomingHeaders({ headers }: IncomingMessage): RoutedRequest['headers'] {
    const kept = Object.entries(headers).filter(
      ([name]) =>
        !HOP_HEADERS.has(name) && !/^(x-matched-path|x-middleware-subrequest|x-vercel-.*)$/.test(name),
    );
    return {
      ...Object.fromEntries(kept),
      'x-forwarded-for': VISITOR_ADDRESS,
      'x-forwarded-host': headers.host,
      'x-forwarded-proto': 'https',
      'x-real-ip': VISITOR_ADDRESS,
      'x-vercel-id': `iad1::${randomUUID()}`,
    };
  }
}

const HOP_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding']);

const withoutHops = ({ headers }: IncomingMessage): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_HEADERS.has(name)));

function end(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
