import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { v7 as newId } from 'uuid';
import { type AppServer, startAppServer } from '@/e2e/support/servers/app-server';
import { RedisServer } from '@/e2e/support/servers/redis';
import { cookieName, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import { LoadGenerator } from './load-generator';
import type { StreamJob } from './load-process';
import { nextBuild } from './next-app';
import { type Program, startPlainNext, startProgram } from './programs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = 'a fixed secret, so that the benchmark can sign cookies';

/** The output of the fake model: `bench-200x10` is 200 tokens, one every 10 ms. */
export type BenchModel = `bench-${number}x${number}`;
const SPEECHES: BenchModel[] = [
  'bench-1x0',
  'bench-20x0',
  'bench-5x2',
  'bench-200x10',
  'bench-60x50',
  'bench-100x50',
  'bench-200x50',
];

export type TargetName = 'model' | 'raw' | 'plain' | 'product';

/** Everything a measure needs, running: the model, the servers in front of it, Redis and the load processes. */
export interface Bench {
  product: AppServer;
  redis: RedisServer;
  load: LoadGenerator;
  prober: LoadGenerator;
  pid(target: TargetName): number;
  /** A job with this many streams from one of the targets, each for a new guest. */
  job(target: TargetName, speech: BenchModel, count: number, spreadMs: number): StreamJob;
  dispose(): Promise<void>;
}

export async function startBench(settings: Record<string, string> = {}): Promise<Bench> {
  if (!existsSync(`${ROOT}/.next/BUILD_ID`)) await nextBuild(ROOT);
  const model = await startProgram('fake-model');
  const raw = await startProgram('raw-proxy', model.url);
  const plain = await startPlainNext(model.url);
  // Persistence with Redis's default: the append-only file is synced once a second.
  const redis = await RedisServer.start({ args: ['--appendonly', 'yes', '--appendfsync', 'everysec'] });
  const product = await startAppServer({
    REDIS_URL: redis.url,
    AUTH_SECRET: SECRET,
    OPENAI_API_KEY: 'bench',
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_MODELS: SPEECHES.join(','),
    ...settings,
  });
  const load = new LoadGenerator();
  const prober = new LoadGenerator();
  const programs: Record<Exclude<TargetName, 'product'>, Program> = { model, raw, plain };
  return {
    product,
    redis,
    load,
    prober,
    pid: (target) => (target === 'product' ? product.pid : programs[target].pid),
    job: (target, speech, count, spreadMs) => ({
      url: target === 'product' ? `${product.url}/api/chat/stream` : programs[target].url,
      requests: Array.from({ length: count }, () =>
        target === 'product' ? productRequest(speech) : { body: modelRequestBody(speech) },
      ),
      tokens: Number(/-(\d+)x/.exec(speech)?.[1]),
      spreadMs,
    }),
    async dispose() {
      load.close();
      prober.close();
      for (const program of Object.values(programs)) program.stop();
      await product.dispose();
      await redis.close();
    },
  };
}

/** The cookie of a guest, as the page would set it. */
export const cookieOf = (guest = newGuest(Date.now())): string =>
  `${cookieName(SECRET, false)}=${signGuest(guest, SECRET)}`;

function productRequest(speech: BenchModel): StreamJob['requests'][number] {
  const turn = { sessionId: newId(), assistantId: 'assistant', turnId: newId(), content: 'Count for me.' };
  return { body: JSON.stringify({ ...turn, model: `openai:${speech}` }), cookie: cookieOf() };
}

/** The request that the product would send to the model, for the targets that pass it on unchanged. */
const modelRequestBody = (speech: BenchModel): string =>
  JSON.stringify({ model: speech, stream: true, messages: [{ role: 'user', content: 'Count for me.' }] });
