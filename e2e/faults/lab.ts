import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type AppServer, startAppServer } from '../support/app-server';
import type { FakeOpenAI } from '../support/fake-openai';
import { type RedisOptions, RedisServer } from '../support/redis';
import type { Answer } from './visitor';

/** What a fault needs, thrown away after it: servers, stores, folders, in the reverse order. */
export class Lab {
  readonly #disposals: (() => unknown)[] = [];

  constructor(readonly fake: FakeOpenAI) {}

  later(dispose: () => unknown): void {
    this.#disposals.push(dispose);
  }

  async app(settings: Record<string, string> = {}, until?: 'answering'): Promise<AppServer> {
    const app = await startAppServer(
      {
        OPENAI_API_KEY: 'sk-test',
        OPENAI_BASE_URL: this.fake.baseUrl,
        OPENAI_MODELS: 'fake-plain',
        ...settings,
      },
      { until },
    );
    this.later(() => app.dispose());
    return app;
  }

  async redis(options: RedisOptions = {}): Promise<RedisServer> {
    const server = await RedisServer.start(options);
    this.later(() => server.close());
    return server;
  }

  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'confab-fault-'));
    this.later(() => rm(path, { recursive: true, force: true }));
    return path;
  }

  async clear(): Promise<void> {
    for (const dispose of this.#disposals.reverse()) await dispose();
  }
}

/** The answer's value. @throws with what was answered instead. */
export function value<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer)}`);
  return answer.value;
}

/** Asks until the answer is the one meant, for as long as a recovery may take. */
export async function eventually<T>(
  ask: () => Promise<T>,
  meant: (answer: T) => boolean,
  withinMs = 45_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (meant(answer)) return answer;
    if (Date.now() > until) throw new Error(`Still ${JSON.stringify(answer)}`);
    await pause(150);
  }
}
