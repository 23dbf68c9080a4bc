import { type FakeOpenAI, fakeModelSettings, startFakeOpenAI } from '../../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../../support/servers/app-server';
import { startFrontProxy, WITHOUT_LIMITS } from '../../support/servers/front-proxy';
import { RedisServer } from '../../support/servers/redis';
import { startRedisCluster } from '../../support/servers/redis-cluster';

/** Two server processes, the Redis they share (which persists every write) and the fake model they use. */
export interface ChaosSite {
  servers: readonly [AppServer, AppServer];
  /** Where clients reach them: at two addresses, or at the one of a proxy. */
  urls: readonly string[];
  /** A single server, or the nodes of a Cluster. */
  redis: readonly RedisServer[];
  fake: FakeOpenAI;
}

const PERSISTENT = ['--appendonly', 'yes', '--appendfsync', 'always'];

/** `direct`: clients know both servers, on one Redis. `nginx`: they are behind nginx, on a Redis Cluster. */
export type SiteForm = 'direct' | 'nginx';

/** Runs a function with a new site, which is closed afterwards in any case. */
export async function withSite<T>(
  run: (site: ChaosSite) => Promise<T>,
  form: SiteForm = 'direct',
): Promise<T> {
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
    if (form === 'direct') {
      const redis = await started(RedisServer.start({ appendOnly: true }), (it) => it.close());
      const settings = { ...fakeModelSettings(fake), REDIS_URL: redis.url };
      const servers = [await server(settings), await server(settings)] as const;
      return await run({ servers, urls: servers.map(({ url }) => url), redis: [redis], fake });
    }
    const cluster = await started(startRedisCluster({ args: async () => PERSISTENT }), (it) => it.close());
    const settings = {
      ...fakeModelSettings(fake),
      REDIS_URL: cluster.urls.join(','),
      TRUST_PROXY: '1',
      ...WITHOUT_LIMITS,
    };
    const servers = [await server(settings), await server(settings)] as const;
    const ports = servers.map(({ url }) => Number(new URL(url).port));
    const nginx = await started(startFrontProxy('nginx', { ports, isPlain: true }), (it) => it.close());
    const url = `http://127.0.0.1:${nginx.httpPort}`;
    // The address is listed twice, because clients send some requests to two servers at once; both then go through nginx.
    return await run({ servers, urls: [url, url], redis: cluster.nodes, fake });
  } finally {
    for (const close of closing) await close();
  }
}
