import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FakeOpenAI } from '../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../support/servers/app-server';
import { type RedisOptions, RedisServer } from '../support/servers/redis';
import type { ApiResult } from './api-client';

/** The servers, stores and folders of one fault; `dispose` removes them in reverse order. */
export class Lab {
  readonly #disposals: (() => unknown)[] = [];

  constructor(readonly fake: FakeOpenAI) {}

  /** Runs `dispose` when the fault is over. */
  defer(dispose: () => unknown): void {
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
    this.defer(() => app.dispose());
    return app;
  }

  async redis(options: RedisOptions = {}): Promise<RedisServer> {
    const server = await RedisServer.start(options);
    this.defer(() => server.close());
    return server;
  }

  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'confab-fault-'));
    this.defer(() => rm(path, { recursive: true, force: true }));
    return path;
  }

  async dispose(): Promise<void> {
    for (const dispose of this.#disposals.reverse()) await dispose();
  }
}

/** The value of a successful call. @throws with the error response otherwise. */
export function unwrap<T>(result: ApiResult<T>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result)}`);
  return result.value;
}

/** Polls until the value is accepted. The default limit is the longest a recovery may take. */
export async function eventually<T>(
  read: () => Promise<T>,
  accept: (value: T) => boolean,
  withinMs = 45_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (accept(value)) return value;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)}`);
    await pause(150);
  }
}
