import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port';
import { saveOutput, saveSecrets } from './server-log';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STARTED_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 15_000;

/**
 * Empty values for every variable that the product reads, so that neither the developer's shell nor an `.env.local`
 * affects a test. (Next fills in only variables that are not set.)
 */
const NOTHING_SET = Object.fromEntries(
  [
    ...[
      'UPSTASH_REDIS_REST_URL',
      'UPSTASH_REDIS_REST_TOKEN',
      'KV_REST_API_URL',
      'KV_REST_API_TOKEN',
      'REDIS_URL',
      'KEY_PREFIX',
    ],
    ...[
      'HISTORY_TTL_DAYS',
      'CONTEXT_TURNS',
      'CONTEXT_TOKENS',
      'DEFAULT_MODEL',
      'AUTH_SECRET',
      'ADMIN_TOKEN',
      'SECURITY_CONTACT',
      'BASE_PATH',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ],
    ...['ALLOWED_HOSTS', 'TRUST_PROXY', 'CONNECTIONS_PER_ADDRESS', 'MODEL_FIRST_TOKEN_MS', 'MODEL_STALL_MS'],
    'MAX_REPLY_SECONDS',
    ...['REMOTE_IMAGES', 'TURNS_PER_MINUTE', 'CONCURRENT_REPLIES', 'DAILY_TOKENS', 'DAILY_COST'],
    ...['IMAGES_PER_HOUR', 'GUEST_STORAGE_MB', 'TURNS_PER_MINUTE_PER_ADDRESS', 'GUESTS_PER_HOUR'],
    ...['SERVER_DAILY_TOKENS', 'SERVER_DAILY_COST', 'STORAGE_MB', 'MAX_OUTPUT_TOKENS'],
    ...['ACCESS_CODE', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
    ...['PROXY_USER_HEADER', 'PROXY_USER_SECRET'],
    ...['OPENAI', 'DEEPSEEK', 'QIANWEN', 'DOUBAO', 'KIMI', 'OLLAMA'].flatMap((provider) =>
      ['API_KEY', 'BASE_URL', 'MODELS'].map((name) => `${provider}_${name}`),
    ),
  ].map((name) => [name, '']),
);

export interface AppServer {
  url: string;
  /** The folder of its SQLite file. */
  dataDir: string;
  /** The process id of the running server. */
  readonly pid: number;
  /** Everything that the server has written to stdout and stderr, across restarts. */
  output(): string;
  /** Whether this text has been written to the data folder, where it survives a `kill -9`. */
  hasStored(text: string): Promise<boolean>;
  /** Resolves with the exit code when the running server exits on its own or because of a signal. */
  exited(): Promise<number | null>;
  /** Signals the process group and resolves when the process is gone. Does nothing if no server is running. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts the server again with the same port and data; resolves when it answers. */
  start(): Promise<void>;
  /** Stops the server and removes its data. */
  dispose(): Promise<void>;
}

/** `healthy`: the health check succeeds. `answering`: the server answers, even if its store is not healthy. */
type Readiness = 'healthy' | 'answering';

/**
 * Starts the production build as a process with its own data folder. Resolves when it is ready.
 * `root`: of a copy of the project that has a build of its own.
 */
export async function startAppServer(
  settings: Record<string, string> = {},
  { until = 'healthy', root = ROOT }: { until?: Readiness; root?: string } = {},
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
  saveSecrets(settings);
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
    async hasStored(text) {
      const names = await readdir(dataDir);
      const files = await Promise.all(names.map((name) => readFile(join(dataDir, name))));
      return files.some((bytes) => bytes.includes(text));
    },
    async start() {
      // Its own process group, so that a signal reaches both the start script and the server.
      const started = spawn(nodeOfTheProject(), [join(root, 'scripts/start.mjs')], {
        cwd: root,
        env: environment,
        detached: true,
        // The IPC channel closes when this process dies, and the server exits with it.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => {
          written += text;
          saveOutput(text);
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

/** The Node installed with the project; the system's may be older. */
function nodeOfTheProject(): string {
  const own = join(ROOT, 'node_modules/.bin/node');
  return existsSync(own) ? own : process.execPath;
}

/** @throws with the server's output if it exits or does not answer in time. */
async function answers(
  url: string,
  child: ChildProcess,
  until: Readiness,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + STARTED_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`The server exited with code ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The server did not become ready at ${url}:\n${output()}`);
    const isReady = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) }).then(
      ({ ok }) => ok || until === 'answering',
      // Not listening yet.
      () => false,
    );
    if (isReady) return;
    await pause(100);
  }
}
