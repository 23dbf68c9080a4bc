import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { v7 as newId } from 'uuid';
import { type AppServer, startAppServer } from '@/e2e/support/servers/app-server';
import { RedisServer } from '@/e2e/support/servers/redis';
import { COOKIE_NAME, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import type { StreamJob } from './load';
import { Load } from './load-client';
import { nextBuild } from './next-app';
import { type Program, startPlainNext, startProgram } from './programs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = 'a secret of the bench, known to its readers';

/** How the model speaks: `bench-200x10` is 200 tokens, one every 10 ms. */
export type Speech = `bench-${number}x${number}`;
const SPEECHES: Speech[] = [
  'bench-1x0',
  'bench-20x0',
  'bench-5x2',
  'bench-200x10',
  'bench-60x50',
  'bench-100x50',
  'bench-200x50',
];

export type TargetName = 'model' | 'raw' | 'plain' | 'product';

/** All that a measure needs, running: the model, what stands before it, Redis, and the readers. */
export interface Stage {
  product: AppServer;
  redis: RedisServer;
  load: Load;
  prober: Load;
  pid(target: TargetName): number;
  /** Streams of this speech to one of the targets, each by a guest of its own. */
  job(target: TargetName, speech: Speech, count: number, spreadMs: number): StreamJob;
  dispose(): Promise<void>;
}

export async function openStage(settings: Record<string, string> = {}): Promise<Stage> {
  if (!existsSync(`${ROOT}/.next/BUILD_ID`)) await nextBuild(ROOT);
  const model = await startProgram('fake-model');
  const raw = await startProgram('raw-proxy', model.url);
  const plain = await startPlainNext(model.url);
  // Persistence on, as Redis does it by itself: the file is synced once a second.
  const redis = await RedisServer.start({ args: ['--appendonly', 'yes', '--appendfsync', 'everysec'] });
  const product = await startAppServer({
    REDIS_URL: redis.url,
    AUTH_SECRET: SECRET,
    OPENAI_API_KEY: 'bench',
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_MODELS: SPEECHES.join(','),
    ...settings,
  });
  const load = new Load();
  const prober = new Load();
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
        target === 'product' ? sendOf(speech) : { body: bodyOf(speech) },
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

/** The cookie of a guest, as the page would have been given it. */
export const cookieOf = (guest = newGuest(Date.now())): string =>
  `${COOKIE_NAME}=${signGuest(guest, SECRET)}`;

function sendOf(speech: Speech): StreamJob['requests'][number] {
  const turn = { sessionId: newId(), assistantId: 'assistant', turnId: newId(), content: 'Count for me.' };
  return { body: JSON.stringify({ ...turn, model: `openai:${speech}` }), cookie: cookieOf() };
}

/** What the product asks the model, in the form that the other targets hand on. */
const bodyOf = (speech: Speech): string =>
  JSON.stringify({ model: speech, stream: true, messages: [{ role: 'user', content: 'Count for me.' }] });
