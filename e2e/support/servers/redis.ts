import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port';

export interface RedisOptions {
  /** Persists every write (`appendfsync always`), so that data survives a crash. Without it, a restart is empty. */
  appendOnly?: boolean;
  /** Additional redis-server options: `['--maxmemory', '10mb']`. */
  args?: string[];
  /** Default: any free one. */
  port?: number;
  /** Takes only TLS at its port; `args` name the certificate. */
  tls?: boolean;
}

const START_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;

/** A real redis-server for one test, with its own loopback port and temporary folder. */
export class RedisServer {
  readonly port: number;
  readonly #dir = mkdtempSync(join(tmpdir(), 'confab-redis-'));
  readonly #options: RedisOptions;
  #child: ChildProcess | null = null;

  private constructor(port: number, options: RedisOptions) {
    this.port = port;
    this.#options = options;
  }

  /** @throws with how to install it if redis-server is missing, and with its output if it does not start. */
  static async start(options: RedisOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(options.port ?? (await freePort()), options);
    try {
      await server.start();
      return server;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  get url(): string {
    return `${this.#options.tls ? 'rediss' : 'redis'}://127.0.0.1:${this.port}`;
  }

  /** Starts it again after `stop`, with the same port and folder. */
  async start(): Promise<void> {
    const child = spawn('redis-server', this.#args(), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    // A test run that is killed must not leave a server behind.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    await ready(child);
  }

  /** SIGKILL simulates a crash: nothing is saved at exit. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(late);
  }

  /** Stops it and removes its folder. */
  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #args(): string[] {
    const { appendOnly, args = [], tls } = this.#options;
    const port = tls ? ['--port', '0', '--tls-port', String(this.port)] : ['--port', String(this.port)];
    const kept = appendOnly ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
    const fixed = ['--bind', '127.0.0.1', ...port, '--dir', this.#dir, '--save', ''];
    // A replica need not wait for others that might want the same copy.
    const replicas = ['--repl-diskless-sync-delay', '0'];
    return [...fixed, ...replicas, ...kept, ...args];
  }
}

async function ready(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`redis-server did not start: ${why}\n${said.slice(-5).join('\n')}`));
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`not ready within ${START_TIMEOUT_MS} ms`);
    }, START_TIMEOUT_MS);
    child.once('error', (error) => {
      clearTimeout(late);
      const isMissing = 'code' in error && error.code === 'ENOENT';
      if (isMissing)
        reject(new Error('redis-server is not installed (Debian: apt-get install redis-server).'));
      else fail(error.message);
    });
    // Not 'exit': output may still be arriving at that point.
    child.once('close', (code, signal) => {
      clearTimeout(late);
      fail(`it ended with ${signal ?? code}`);
    });
    for (const output of [child.stdout, child.stderr]) {
      if (!output) throw new Error('redis-server was started without output pipes');
      createInterface({ input: output }).on('line', (line) => {
        said.push(line);
        if (said.length > 50) said.shift();
        if (!line.includes('Ready to accept connections')) return;
        clearTimeout(late);
        resolve();
      });
    }
  });
}
