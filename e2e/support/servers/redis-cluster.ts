import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port';
import { RedisServer } from './redis';

const MASTERS = 3;
const SLOTS = 16_384;
const BUS_OFFSET = 10_000;
const FORM_TIMEOUT_MS = 20_000;

export interface RedisCluster {
  /** The masters. */
  readonly nodes: readonly RedisServer[];
  /** One of each master, in the same order, if there are any. */
  readonly replicas: readonly RedisServer[];
  readonly urls: string[];
  close(): Promise<void>;
}

export interface ClusterOptions {
  /** The authority of the nodes' certificates, which `args` name: they take only TLS. */
  tls?: { ca: string };
  /** Each master has a replica, which takes over if it dies. */
  replicas?: boolean;
  /** More options for the nodes. */
  args?: (port: number) => Promise<string[]>;
}

/** Starts a real Redis Cluster of three masters, which share all slots. */
export async function startRedisCluster({
  tls,
  replicas = false,
  args,
}: ClusterOptions = {}): Promise<RedisCluster> {
  const masters: RedisServer[] = [];
  const others: RedisServer[] = [];
  const close = async () => {
    await Promise.all([...masters, ...others].map((node) => node.close()));
  };
  const startNode = async () => {
    const port = await freePortOfNode();
    const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
    if (tls) cluster.push('--tls-cluster', 'yes', '--tls-replication', 'yes');
    return RedisServer.start({
      port,
      tls: tls !== undefined,
      args: [...cluster, ...((await args?.(port)) ?? [])],
    });
  };
  try {
    while (masters.length < MASTERS) masters.push(await startNode());
    await form(masters, tls);
    while (replicas && others.length < MASTERS) others.push(await startNode());
    await Promise.all(others.map((replica, n) => follow(replica, masters[n])));
    if (replicas) await allKnowEachOther([...masters, ...others]);
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes: masters, replicas: others, urls: masters.map(({ url }) => url), close };
}

async function follow(replica: RedisServer, master: RedisServer | undefined): Promise<void> {
  if (!master) throw new Error('a replica has no master');
  await withClient(replica.url, async (client) => {
    await client.call('cluster', 'meet', '127.0.0.1', master.port);
    const id = await withClient(master.url, (other) => other.call('cluster', 'myid'));
    // Refused until the two nodes have met.
    const isFollowing = () =>
      client.call('cluster', 'replicate', String(id)).then(
        () => true,
        () => false,
      );
    await until('the replica knows its master', isFollowing);
    await until('the replica has what its master has', async () =>
      String(await client.info('replication')).includes('master_link_status:up'),
    );
  });
}

/** A master that a node has not heard of neither votes for its replica nor counts as there. */
async function allKnowEachOther(nodes: readonly RedisServer[]): Promise<void> {
  await Promise.all(
    nodes.map(({ url }) =>
      withClient(url, async (client) => {
        for (const { port } of nodes) await client.call('cluster', 'meet', '127.0.0.1', port);
        await until('all nodes know each other', async () => {
          const known = String(await client.call('cluster', 'nodes'))
            .trim()
            .split('\n');
          const isReplica = (line: string) => / (myself,)?slave /.test(line);
          return (
            known.length === nodes.length &&
            known.every((line) => !/handshake|noaddr|fail|disconnected/.test(line)) &&
            known.filter(isReplica).length === nodes.length - MASTERS
          );
        });
      }),
    ),
  );
}

/** A slot on its way from one master to another, step by step as `redis-cli --cluster reshard` moves it. */
export interface MovingSlot {
  /** Moves some of the slot's keys; the other master serves them from now on. */
  moveKeys(isMoved?: (key: string) => boolean): Promise<void>;
  /** Moves the remaining keys, and then the slot itself. */
  finish(): Promise<void>;
}

/** Begins to move the slot of this key to another master. */
export async function startMovingSlot({ nodes }: RedisCluster, key: string): Promise<MovingSlot> {
  const clients = nodes.map(({ url }) => new Redis(url));
  const ids = await Promise.all(clients.map((client) => client.cluster('MYID')));
  const slot = Number(await clients[0]?.call('cluster', 'keyslot', key));
  const owns = await Promise.all(
    clients.map((client) =>
      client.exists(key).then(
        () => true,
        () => false,
      ),
    ),
  );
  const from = owns.indexOf(true);
  const to = (from + 1) % nodes.length;
  const [source, target] = [clients[from], clients[to]];
  const port = nodes[to]?.port;
  if (!source || !target || port === undefined) throw new Error('no master owns the slot');
  await target.call('cluster', 'setslot', slot, 'importing', String(ids[from]));
  await source.call('cluster', 'setslot', slot, 'migrating', String(ids[to]));
  const moveKeys = async (isMoved: (key: string) => boolean = () => true) => {
    for (const name of await source.cluster('GETKEYSINSLOT', slot, 1_000))
      if (isMoved(name)) await source.call('migrate', '127.0.0.1', port, name, 0, 5_000);
  };
  return {
    moveKeys,
    async finish() {
      await moveKeys();
      for (const client of new Set([target, source, ...clients]))
        await client.call('cluster', 'setslot', slot, 'node', String(ids[to]));
      for (const client of clients) client.disconnect();
    },
  };
}

/** A free port whose bus port, which is 10,000 higher, is free too: Redis 6 cannot be given another. */
async function freePortOfNode(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port + BUS_OFFSET <= 65_535 && (await isFree(port + BUS_OFFSET))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function form(nodes: readonly RedisServer[], tls: ClusterOptions['tls']): Promise<void> {
  const clients = nodes.map(({ url }) => new Redis(url, tls ? { tls } : {}));
  try {
    const share = Math.ceil(SLOTS / MASTERS);
    for (const [index, client] of clients.entries()) {
      const first = index * share;
      const count = Math.min(share, SLOTS - first);
      // Not ADDSLOTSRANGE, which Redis 6 does not have.
      await client.cluster('ADDSLOTS', ...Array.from({ length: count }, (_, n) => first + n));
      await client.call('cluster', 'set-config-epoch', index + 1);
      for (const { port } of nodes.slice(0, index)) await client.call('cluster', 'meet', '127.0.0.1', port);
    }
    await Promise.all(clients.map(untilFormed));
  } finally {
    for (const client of clients) client.disconnect();
  }
}

/** Waits until this node knows every other node and every slot. */
const untilFormed = (client: Redis): Promise<void> =>
  until('the cluster is formed', async () => {
    const info = String(await client.call('cluster', 'info'));
    return info.includes('cluster_state:ok') && info.includes(`cluster_size:${MASTERS}`);
  });

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + FORM_TIMEOUT_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(50);
  }
}

async function withClient<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
