import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { type RedisOptions, RedisServer } from './redis';
import { startRedisCluster } from './redis-cluster';

async function started(options?: RedisOptions): Promise<RedisServer> {
  const server = await RedisServer.start(options);
  onTestFinished(() => server.close());
  return server;
}

async function ask(url: string, command: string, ...args: string[]): Promise<unknown> {
  const client = new Redis(url);
  try {
    return await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
}

test('a server comes back empty, at the same address, after a crash', async () => {
  const server = await started();
  await ask(server.url, 'set', 'key', 'value');
  await server.stop('SIGKILL');
  await server.start();
  expect(await ask(server.url, 'get', 'key')).toBeNull();
});

test('an append-only server keeps acknowledged writes through a crash', async () => {
  const server = await started({ appendOnly: true });
  await ask(server.url, 'set', 'key', 'value');
  await server.stop('SIGKILL');
  await server.start();
  expect(await ask(server.url, 'get', 'key')).toBe('value');
});

test('a server that rejects its options reports why', async () => {
  await expect(RedisServer.start({ args: ['--maxmemory-policy', 'no-such'] })).rejects.toThrow(
    /maxmemory-policy/,
  );
});

test('the three masters of a cluster serve every slot', async () => {
  const cluster = await startRedisCluster();
  onTestFinished(() => cluster.close());
  for (const url of cluster.urls)
    expect(await ask(url, 'cluster', 'info')).toContain('cluster_slots_ok:16384');
});
