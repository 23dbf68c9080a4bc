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
  readonly nodes: readonly RedisServer[];
  readonly urls: string[];
  close(): Promise<void>;
}

/** Starts a real Redis Cluster of three masters, which share all slots. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const nodes: RedisServer[] = [];
  const close = async () => {
    await Promise.all(nodes.map((node) => node.close()));
  };
  try {
    while (nodes.length < MASTERS) nodes.push(await startNode());
    await form(nodes);
  } catch (error) {
    await close();
    throw error;
  }
  return { nodes, urls: nodes.map(({ url }) => url), close };
}

async function startNode(): Promise<RedisServer> {
  const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  return RedisServer.start({ port: await freePortOfNode(), args: cluster });
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

async function form(nodes: readonly RedisServer[]): Promise<void> {
  const clients = nodes.map(({ url }) => new Redis(url));
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
async function untilFormed(client: Redis): Promise<void> {
  const end = performance.now() + FORM_TIMEOUT_MS;
  for (;;) {
    const info = String(await client.call('cluster', 'info'));
    if (info.includes('cluster_state:ok') && info.includes(`cluster_size:${MASTERS}`)) return;
    if (performance.now() > end) throw new Error(`the cluster did not form: ${info}`);
    await pause(50);
  }
}
