import { type FakeOpenAI, fakeModelSettings, startFakeOpenAI } from '../../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../../support/servers/app-server';
import { RedisServer } from '../../support/servers/redis';

/** Two server processes, the Redis they share (which persists every write) and the fake model they use. */
export interface ChaosSite {
  servers: readonly [AppServer, AppServer];
  redis: RedisServer;
  fake: FakeOpenAI;
}

/** Runs a function with a new site, which is closed afterwards in any case. */
export async function withSite<T>(run: (site: ChaosSite) => Promise<T>): Promise<T> {
  const closing: (() => Promise<void>)[] = [];
  const started = async <U>(starting: Promise<U>, close: (it: U) => Promise<void>): Promise<U> => {
    const it = await starting;
    closing.unshift(() => close(it));
    return it;
  };
  const server = (settings: Record<string, string>) =>
    started(startAppServer(settings), (app) => app.dispose());
  try {
    const fake = await started(startFakeOpenAI(), (it) => it.close());
    const redis = await started(RedisServer.start({ appendOnly: true }), (it) => it.close());
    const settings = { ...fakeModelSettings(fake), REDIS_URL: redis.url };
    return await run({ servers: [await server(settings), await server(settings)], redis, fake });
  } finally {
    for (const close of closing) await close();
  }
}
