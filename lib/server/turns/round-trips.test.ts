import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { RedisServer } from '@/e2e/support/servers/redis';
import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { UpstashBridge } from '@/e2e/support/servers/upstash-bridge';
import { parseSend } from '@/lib/server/http/request-schemas';
import type { Services } from '@/lib/server/services';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from './begin-turn';

/** What a turn waits for, and what it costs, on each kind of Redis: with no limit, and with every limit and `/admin` on. */
let fake: FakeOpenAI;
beforeAll(async () => {
  fake = await startFakeOpenAI();
});
afterAll(() => fake?.close());

interface Backend {
  variables: Record<string, string>;
  /** Of each Redis server. */
  urls: string[];
  close(): Promise<void>;
}

async function single(): Promise<Backend> {
  const redis = await RedisServer.start();
  return { variables: { REDIS_URL: redis.url }, urls: [redis.url], close: () => redis.close() };
}

async function upstash(): Promise<Backend> {
  const redis = await RedisServer.start();
  const bridge = await UpstashBridge.start(redis.url);
  return {
    variables: { UPSTASH_REDIS_REST_URL: bridge.url, UPSTASH_REDIS_REST_TOKEN: bridge.token },
    urls: [redis.url],
    close: async () => {
      await bridge.close();
      await redis.close();
    },
  };
}

async function cluster(): Promise<Backend> {
  const { urls, close } = await startRedisCluster();
  return { variables: { REDIS_URL: urls.join(',') }, urls, close };
}

const EVERY_LIMIT = {
  HOST: '0.0.0.0',
  ADMIN_TOKEN: 'admin-token-of-the-test',
  DAILY_TOKENS: '1000000',
  DAILY_COST: '100',
  SERVER_DAILY_TOKENS: '1000000000',
  SERVER_DAILY_COST: '1000',
};

/** Every command that reaches Redis, those of scripts included, as `MONITOR` reports them. */
class Commands {
  #trips = 0;
  #commands = 0;

  private constructor(private readonly servers: { monitor: Redis; client: Redis; seen: Set<string> }[]) {}

  static async watch(urls: readonly string[]): Promise<Commands> {
    const servers = await Promise.all(
      urls.map(async (url) => {
        const client = new Redis(url);
        return { client, monitor: await client.monitor(), seen: new Set<string>() };
      }),
    );
    const commands = new Commands(servers);
    for (const { monitor, seen } of servers)
      monitor.on('monitor', (_: string, args: string[], source: string) => {
        const [name = '', argument = ''] = args;
        if (/^(echo|info|cluster|ping|command)$/i.test(name)) seen.add(argument);
        else commands.#count(source === 'lua');
      });
    return commands;
  }

  #count(isInScript: boolean): void {
    this.#commands += 1;
    if (!isInScript) this.#trips += 1;
  }

  /** Since the last call. A marker shows that everything before it has been reported. */
  async counted(): Promise<{ trips: number; commands: number }> {
    for (const { client, monitor, seen } of this.servers) {
      const marker = randomUUID();
      await client.echo(marker);
      while (!seen.has(marker)) await new Promise((resolve) => monitor.once('monitor', resolve));
    }
    const counts = { trips: this.#trips, commands: this.#commands };
    [this.#trips, this.#commands] = [0, 0];
    return counts;
  }

  close(): void {
    for (const { client, monitor } of this.servers) for (const one of [client, monitor]) one.disconnect();
  }
}

/** `begin`: what the first token waits for. `trips` and `commands`: of the whole turn. */
interface Cost {
  begin: number;
  trips: number;
  commands: number;
}

describe.each<[string, () => Promise<Backend>, { before: Cost; after: Cost }]>([
  [
    'a single Redis',
    single,
    { before: { begin: 1, trips: 2, commands: 14 }, after: { begin: 1, trips: 2, commands: 23 } },
  ],
  [
    'Upstash',
    upstash,
    { before: { begin: 1, trips: 2, commands: 14 }, after: { begin: 1, trips: 2, commands: 23 } },
  ],
  [
    'a Redis Cluster',
    cluster,
    { before: { begin: 1, trips: 2, commands: 14 }, after: { begin: 2, trips: 4, commands: 29 } },
  ],
])('on %s', (_, start, { before, after }) => {
  let backend: Backend;
  let commands: Commands;
  const open: Services[] = [];

  beforeAll(async () => {
    backend = await start();
    commands = await Commands.watch(backend.urls);
  }, 60_000);
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
  afterEach(() => void vi.useRealTimers());
  afterAll(async () => {
    commands?.close();
    for (const { store } of open) await store.close();
    await backend?.close();
  });

  async function costWith(settings: Record<string, string>): Promise<Cost> {
    const services = await openTestServices({
      OPENAI_BASE_URL: fake.baseUrl,
      OPENAI_MODELS: 'fake',
      ...backend.variables,
      ...settings,
    });
    open.push(services);
    // One, because on a Cluster each node caches the scripts of its own owners.
    const owner = randomUUID();
    const turn = async (turnId: string) => {
      const send = parseSend({
        sessionId: turnId,
        assistantId: 'teacher',
        turnId,
        content: `[[hold]] ${turnId}`,
      });
      await commands.counted();
      const { run } = await beginTurn(services, owner, send, 'en', { address: '203.0.113.7' });
      const begin = await commands.counted();
      await fake.received(turnId);
      fake.release({ contains: turnId });
      await run?.ended;
      const end = await commands.counted();
      return {
        begin: begin.trips,
        trips: begin.trips + end.trips,
        commands: begin.commands + end.commands,
      };
    };
    // So that every script is cached. Then time passes, so that nothing counts that this process has read.
    await turn(randomUUID());
    vi.advanceTimersByTime(60_000);
    return turn(randomUUID());
  }

  it('the first token of a turn waits for the store as seldom as promised, with every limit on', async () => {
    const cost = { before: await costWith({}), after: await costWith(EVERY_LIMIT) };
    expect(cost).toEqual({ before, after });
  });
});
