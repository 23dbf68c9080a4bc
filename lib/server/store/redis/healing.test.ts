import dns from 'node:dns';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type RedisOptions, RedisServer } from '@/e2e/support/servers/redis';
import { type RedisCluster, startMovingSlot, startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { type SilentProxy, startSilentProxy } from '@/e2e/support/servers/silent-proxy';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { RedisKeys } from './keys';

/** How soon everything has to work again once the store is back. */
const HEALED_MS = 10_000;

async function started(options?: RedisOptions): Promise<RedisServer> {
  const server = await RedisServer.start(options);
  onTestFinished(() => server.close());
  return server;
}

async function opened(...urls: string[]): Promise<Store> {
  const store = await openStore({ driver: 'redis', urls });
  onTestFinished(() => store.close());
  return store;
}

async function admin(server: RedisServer, host = '127.0.0.1'): Promise<Redis> {
  const client = new Redis(server.port, host).on('error', () => undefined);
  onTestFinished(() => client.disconnect());
  return client;
}

/** Repeats what fails with `store_unavailable`, as browsers do. Returns how long it took until it worked. */
async function untilHealed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (;;) {
    try {
      await work();
      return performance.now() - start;
    } catch (error) {
      expect(error).toMatchObject({ code: 'store_unavailable' });
      if (performance.now() - start > HEALED_MS) throw error;
      await pause(100);
    }
  }
}

describe('a failover', () => {
  test('by name, where the old primary goes on as a replica, is followed at the first write', async () => {
    const old = await started();
    const next = await started({ port: old.port, args: ['--bind', '127.0.0.2'] });
    let address = '127.0.0.1';
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
      _name: string,
      options: { all?: boolean },
      done: (...args: unknown[]) => void,
    ) => {
      if (options.all) done(null, [{ address, family: 4 }]);
      else done(null, address, 4);
    }) as never);
    onTestFinished(() => lookup.mockRestore());
    const store = await opened(`redis://primary.test:${old.port}`);
    const client = new SessionClient(store);
    await client.addTurn('a');
    await (await admin(next, '127.0.0.2')).replicaof('127.0.0.1', old.port);
    await vi.waitFor(async () => {
      expect(await (await admin(next, '127.0.0.2')).info('replication')).toContain('master_link_status:up');
    }, 5_000);

    await (await admin(next, '127.0.0.2')).replicaof('NO', 'ONE');
    await (await admin(old)).replicaof('127.0.0.2', old.port);
    const waiting = client.addTurn('b').then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(await waiting).toMatchObject({ reason: 'read_only' });
    address = '127.0.0.2';
    expect(await untilHealed(() => client.addTurn('c'))).toBeLessThan(3_000);
    expect(await client.shownIds()).toEqual(['a', 'c']);
    await client.addTurn('d');
  });

  test('to the replica of a Cluster is followed', { timeout: 60_000 }, async () => {
    const cluster = await startRedisCluster({ replicas: true });
    onTestFinished(() => cluster.close());
    const store = await opened(...cluster.urls);
    const clients = Array.from({ length: 30 }, () => new SessionClient(store));
    for (const client of clients) await client.addTurn('a');
    const [lost] = cluster.nodes;
    if (!lost) throw new Error('the Cluster has no nodes');
    const [replica] = cluster.replicas;
    if (!replica) throw new Error('the Cluster has no replicas');
    const promoted = await admin(replica);
    // WAIT would not do: it waits for the writes of its own connection only.
    const offsetOf = async (connection: Redis, field: string) =>
      Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(await connection.info('replication'))?.[1]);
    const written = await offsetOf(await admin(lost), 'master_repl_offset');
    await vi.waitFor(
      async () => expect(await offsetOf(promoted, 'slave_repl_offset')).toBeGreaterThanOrEqual(written),
      5_000,
    );
    await lost.stop('SIGKILL');
    await vi.waitFor(async () => {
      expect(await promoted.info('replication')).toContain('role:master');
      expect(await promoted.call('cluster', 'info')).toContain('cluster_state:ok');
    }, 30_000);
    for (const client of clients) await untilHealed(() => client.addTurn('b'));
    for (const client of clients) expect(await client.shownIds()).toEqual(['a', 'b']);
  });
});

describe('a connection that a firewall dropped without a word', () => {
  async function proxied(server: RedisServer): Promise<{ proxy: SilentProxy; store: Store }> {
    const proxy = await startSilentProxy(server.port);
    onTestFinished(() => proxy.close());
    return { proxy, store: await opened(`redis://127.0.0.1:${proxy.port}`) };
  }

  test('is replaced after one time-out', async () => {
    const { proxy, store } = await proxied(await started());
    const client = new SessionClient(store);
    await client.addTurn('a');
    proxy.forgetConnections();
    await expect(client.begin('b')).rejects.toMatchObject({ reason: 'slow' });
    expect(await untilHealed(() => client.begin('b'))).toBeLessThan(1_000);
    expect(proxy.accepted).toBe(2);
    await client.finish('b');
    expect(await client.shownIds()).toEqual(['a', 'b']);
  });

  test('is replaced with many calls under way, none of which is done twice', async () => {
    const { proxy, store } = await proxied(await started());
    const clients = Array.from({ length: 20 }, () => new SessionClient(store));
    for (const client of clients) await client.addTurn('a');
    proxy.forgetConnections();
    const failed = await Promise.allSettled(clients.map((client) => client.begin('b')));
    expect(failed.map(({ status }) => status)).toEqual(clients.map(() => 'rejected'));
    for (const client of clients) await untilHealed(() => client.mustBegin('b'));
    for (const client of clients) expect(await client.shownIds()).toEqual(['a', 'b']);
    expect(proxy.accepted).toBe(2);
  });

  test('again and again is replaced each time', { timeout: 30_000 }, async () => {
    const { proxy, store } = await proxied(await started());
    for (let n = 0; n < 2; n++) {
      await untilHealed(() => store.check());
      proxy.forgetConnections();
    }
    await untilHealed(() => store.check());
  });

  test('is replaced in a Cluster, of one node and of all', { timeout: 60_000 }, async () => {
    const proxies: SilentProxy[] = [];
    const cluster = await startRedisCluster({
      args: async (port) => {
        const proxy = await startSilentProxy(port);
        proxies.push(proxy);
        return [
          '--cluster-announce-ip',
          '127.0.0.1',
          '--cluster-announce-port',
          String(proxy.port),
          '--cluster-announce-bus-port',
          String(port + 10_000),
        ];
      },
    });
    onTestFinished(async () => {
      for (const proxy of proxies) await proxy.close();
      await cluster.close();
    });
    const store = await opened(...proxies.map(({ port }) => `redis://127.0.0.1:${port}`));
    const clients = Array.from({ length: 30 }, () => new SessionClient(store));
    for (const client of clients) await client.addTurn('a');
    for (const forgotten of [proxies.slice(0, 1), proxies]) {
      for (const proxy of forgotten) proxy.forgetConnections();
      for (const client of clients)
        expect(await untilHealed(() => client.addTurn(`b${forgotten.length}`))).toBeLessThan(HEALED_MS);
    }
    for (const client of clients) expect(await client.shownIds()).toEqual(['a', 'b1', 'b3']);
  });
});

describe('a single address', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    return () => cluster.close();
  });

  test.each([0, 1, 2])('of node %d of a Cluster is used as the Cluster that it is', async (n) => {
    const store = await opened(cluster.urls[n] ?? '');
    const limits = {
      guest: { turns: { count: 5, periodMs: 60_000 } },
      address: { id: 'home', turns: { count: 90, periodMs: 60_000 } },
    };
    for (let guest = 0; guest < 20; guest++) {
      const client = new SessionClient(store);
      await client.addTurn('a', { limits });
      expect(await client.shownIds()).toEqual(['a']);
    }
    expect(await store.warnings()).toEqual(['not_persisted']);
    expect(await store.storedBytes()).toBeGreaterThan(1_000_000);
  });

  test('that becomes one of a Cluster is used as such from then on', { timeout: 60_000 }, async () => {
    const before = await started();
    const proxy = await startSilentProxy(before.port);
    const store = await opened(`redis://127.0.0.1:${proxy.port}`);
    await store.check();
    await proxy.close();
    const after = await startSilentProxy(cluster.nodes[0]?.port ?? 0, proxy.port);
    onTestFinished(() => after.close());
    for (let guest = 0; guest < 20; guest++) await untilHealed(() => new SessionClient(store).addTurn('a'));
  });

  test('with a database that the server lacks is refused by name', async () => {
    const server = await started();
    const store = await opened(`${server.url}/99`);
    const failure = {
      reason: 'misconfigured',
      cause: { message: expect.stringContaining('REDIS_URL names database 99') },
    };
    await expect(store.check()).rejects.toMatchObject(failure);
    await expect(new SessionClient(store).begin('a')).rejects.toMatchObject(failure);
    expect(await (await admin(server)).dbsize()).toBe(0);
  });

  test('with a database is refused by a Cluster', async () => {
    const store = await opened(`${cluster.urls[0]}/1`);
    await expect(store.check()).rejects.toMatchObject({
      reason: 'misconfigured',
      cause: { message: expect.stringContaining('Cluster') },
    });
  });

  test('with a database that it has keeps everything there, after a reconnection too', async () => {
    const server = await started({ appendOnly: true });
    const store = await opened(`${server.url}/3`);
    const client = new SessionClient(store);
    await client.addTurn('a');
    await server.stop('SIGKILL');
    await server.start();
    await untilHealed(() => client.addTurn('b'));
    expect(await (await admin(server)).info('keyspace')).toMatch(/^# Keyspace\r\ndb3:\S+\r\n$/);
  });
});

describe('a slot of a Cluster that moves', () => {
  let cluster: RedisCluster;
  let store: Store;
  let finishing = Promise.resolve();
  beforeAll(async () => {
    cluster = await startRedisCluster();
    store = await openStore({ driver: 'redis', urls: cluster.urls });
    return async () => {
      await store.close();
      await cluster.close();
    };
  });

  const isSession = (key: string) => /:session:[^:]*$/.test(key);
  test.concurrent.each<[string, (key: string) => boolean]>([
    ['before any key has moved', () => false],
    ['after all keys have', () => true],
    ['after the session has', isSession],
    ['before the session has', (key) => !isSession(key)],
  ])('%s delays what its guest does, and fails nothing', { timeout: 60_000 }, async (_, isMoved) => {
    const client = new SessionClient(store);
    await client.addTurns('a', 'b', 'c');
    await store.removeTurn(client.turnRef('b'));
    const ref = await client.upload(Buffer.from('a picture'));
    const [key = ''] = new RedisKeys().session(client.ref);
    const moving = await startMovingSlot(cluster, key);
    await moving.moveKeys(isMoved);
    const other = new SessionClient(store, { owner: client.owner });
    const work = Promise.allSettled([
      client.addTurn('d', { images: [ref] }),
      other.addTurn('x'),
      client.history(),
      store.sessions({ ...client.ref, limit: 5 }),
      store.restoreTurn(client.turnRef('b')),
      client.image(ref),
    ]);
    // Longer than the driver retries by itself and than the limit for a command.
    await pause(3_000);
    // One after another, as slots are moved: each step counts up the Cluster's epoch.
    finishing = finishing.then(() => moving.finish());
    await finishing;
    expect((await work).filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await client.shownIds()).toEqual(['a', 'b', 'c', 'd']);
    expect(await other.shownIds()).toEqual(['x']);
  });
});
