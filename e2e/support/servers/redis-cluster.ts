import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port';
import { RedisServer } from './redis';

const MASTERS = 3;
const SLOTS = 16_384;
const FORM_TIMEOUT_MS = 20_000;

interface Node {
  server: RedisServer;
  /** For traffic between nodes. Set, because the default (port + 10,000) may exceed the highest port number. */
  busPort: number;
}

export interface RedisCluster {
  readonly nodes: readonly RedisServer[];
  readonly urls: string[];
  close(): Promise<void>;
}

/** Starts a real Redis Cluster of three masters, which share all slots. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const nodes: Node[] = [];
  const close = async () => {
    await Promise.all(nodes.map(({ server }) => server.close()));
  };
  try {
    while (nodes.length < MASTERS) nodes.push(await startNode());
    await form(nodes);
  } catch (error) {
    await close();
    throw error;
  }
  const servers = nodes.map(({ server }) => server);
  return { nodes: servers, urls: servers.map(({ url }) => url), close };
}

async function startNode(): Promise<Node> {
  const busPort = await freePort();
  const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  return {
    server: await RedisServer.start({ args: [...cluster, '--cluster-port', String(busPort)] }),
    busPort,
  };
}

async function form(nodes: readonly Node[]): Promise<void> {
  const clients = nodes.map(({ server }) => new Redis(server.url));
  try {
    const share = Math.ceil(SLOTS / MASTERS);
    for (const [index, client] of clients.entries()) {
      const last = Math.min((index + 1) * share, SLOTS) - 1;
      await client.call('cluster', 'addslotsrange', index * share, last);
      await client.call('cluster', 'set-config-epoch', index + 1);
      for (const { server, busPort } of nodes.slice(0, index))
        await client.call('cluster', 'meet', '127.0.0.1', server.port, busPort);
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
