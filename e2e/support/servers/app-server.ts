import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STARTED_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 15_000;

/**
 * Every variable that the product reads, as empty as it can be: neither the developer's shell nor an `.env.local` in
 * the folder has a say (Next fills in only what is not there).
 */
const NOTHING_SET = Object.fromEntries(
  [
    ...[
      'UPSTASH_REDIS_REST_URL',
      'UPSTASH_REDIS_REST_TOKEN',
      'KV_REST_API_URL',
      'KV_REST_API_TOKEN',
      'REDIS_URL',
    ],
    ...['HISTORY_TTL_DAYS', 'CONTEXT_TURNS', 'CONTEXT_TOKENS', 'DEFAULT_MODEL', 'AUTH_SECRET'],
    ...['MODEL_FIRST_TOKEN_MS', 'MODEL_STALL_MS'],
    ...['OPENAI', 'DEEPSEEK', 'QIANWEN', 'DOUBAO', 'KIMI', 'OLLAMA'].flatMap((provider) =>
      ['API_KEY', 'BASE_URL', 'MODELS'].map((name) => `${provider}_${name}`),
    ),
  ].map((name) => [name, '']),
);

export interface AppServer {
  url: string;
  /** Where its history is, if that is in a file. */
  dataDir: string;
  /** Of the running server. */
  readonly pid: number;
  /** All that this server and its predecessors on the same data wrote. */
  output(): string;
  /** Whether these words have reached the disk: what a `kill -9` leaves. */
  hasStored(words: string): Promise<boolean>;
  /** Resolves with the exit code when the running server has ended by itself or by somebody else's signal. */
  exited(): Promise<number | null>;
  /** The process group gets the signal; resolves when the process is gone. Without a running server: nothing. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts again on the same port and data; resolves when it answers. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

/** `answering`: whatever it says of its store. */
type Readiness = 'healthy' | 'answering';

/** The production build as a process of its own, with history in a folder of its own. Resolves when it answers. */
export async function startAppServer(
  settings: Record<string, string> = {},
  { until = 'healthy' }: { until?: Readiness } = {},
): Promise<AppServer> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-e2e-'));
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    ...NOTHING_SET,
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
    HOME: process.env.HOME,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    ...settings,
  };
  let written = '';
  let child: ChildProcess | null = null;

  const server: AppServer = {
    url,
    dataDir: settings.DATA_DIR ?? dataDir,
    get pid() {
      if (!child?.pid) throw new Error('The server does not run.');
      return child.pid;
    },
    output: () => written,
    async exited() {
      const ending = child;
      if (!ending) throw new Error('The server does not run.');
      if (ending.exitCode === null && ending.signalCode === null) await once(ending, 'exit');
      return ending.exitCode;
    },
    async hasStored(words) {
      const names = await readdir(dataDir);
      const files = await Promise.all(names.map((name) => readFile(join(dataDir, name))));
      return files.some((bytes) => bytes.includes(words));
    },
    async start() {
      // A group of its own: the script that starts the server and the server itself go together.
      const started = spawn(nodeOfTheProject(), [join(ROOT, 'scripts/start.mjs')], {
        cwd: ROOT,
        env: environment,
        detached: true,
        // The channel tells the server when this process is gone without a word: it ends too.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => {
          written += text;
        });
      await answers(url, started, until, () => written.slice(-4000));
    },
    async stop(signal = 'SIGTERM') {
      const stopping = child;
      child = null;
      if (!stopping?.pid || stopping.exitCode !== null || stopping.signalCode !== null) return;
      const gone = once(stopping, 'exit');
      const kill = (how: NodeJS.Signals) => process.kill(-(stopping.pid ?? 0), how);
      kill(signal);
      const late = setTimeout(() => kill('SIGKILL'), STOPPED_WITHIN_MS);
      await gone;
      clearTimeout(late);
    },
    async dispose() {
      await server.stop('SIGKILL');
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server.dispose();
    throw error;
  }
  return server;
}

/** The Node that the project brings along; the machine's own may be older. */
function nodeOfTheProject(): string {
  const own = join(ROOT, 'node_modules/.bin/node');
  return existsSync(own) ? own : process.execPath;
}

/** @throws with the server's own words when it ends, or does not answer in time. */
async function answers(
  url: string,
  child: ChildProcess,
  until: Readiness,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + STARTED_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The server does not answer at ${url}:\n${output()}`);
    const ready = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) }).then(
      ({ ok }) => ok || until === 'answering',
      // Not listening yet.
      () => false,
    );
    if (ready) return;
    await pause(100);
  }
}
