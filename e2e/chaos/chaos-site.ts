import { type FakeOpenAI, fakeModelSettings, startFakeOpenAI } from '../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../support/servers/app-server';
import { RedisServer } from '../support/servers/redis';

/** Two server processes on one Redis that keeps every write, and the model that both ask. */
export interface ChaosSite {
  servers: readonly [AppServer, AppServer];
  redis: RedisServer;
  fake: FakeOpenAI;
}

/** Runs something on a site of its own, which is gone afterwards, whatever came of it. */
export async function withSite<T>(run: (site: ChaosSite) => Promise<T>): Promise<T> {
  const closing: (() => Promise<void>)[] = [];
  const opened = async <U>(opening: Promise<U>, close: (opened: U) => Promise<void>): Promise<U> => {
    const it = await opening;
    closing.unshift(() => close(it));
    return it;
  };
  const server = (settings: Record<string, string>) =>
    opened(startAppServer(settings), (app) => app.dispose());
  try {
    const fake = await opened(startFakeOpenAI(), (it) => it.close());
    const redis = await opened(RedisServer.start({ appendOnly: true }), (it) => it.close());
    const settings = { ...fakeModelSettings(fake), REDIS_URL: redis.url };
    return await run({ servers: [await server(settings), await server(settings)], redis, fake });
  } finally {
    for (const close of closing) await close();
  }
}
