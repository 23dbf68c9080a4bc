import { Redis } from 'ioredis';
import { expect } from 'vitest';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import { stringsWithStorage } from '@/lib/chat/strings/storage-failures';
import type { RedisOptions, RedisServer } from '../support/servers/redis';
import { UpstashBridge } from '../support/servers/upstash-bridge';
import { ApiClient } from './api-client';
import { connectionFaults } from './connection-faults';
import { describeReply, describeSaved, quoteBanner, quoteFailure } from './describe-outcome';
import type { Fault, Outcome } from './fault-table';
import { eventually, type Lab, unwrap } from './lab';
import { secretFaults } from './secret-faults';
import { startSlowProxy } from './slow-proxy';
import { outageDuringReply, type StoreOutage, startHeldReply } from './store-outage';

const strings = stringsWithStorage('en');

export const redisFaults: Fault[] = [
  { title: 'Redis is down when the server starts.', run: downAtStart },
  {
    title: 'Redis is killed during a reply and comes back with its data within a minute.',
    run: (lab) =>
      duringReply(lab, ({ server }) => ({
        begin: () => server.stop('SIGKILL'),
        end: () => server.start(),
        reason: 'unreachable',
        readable: false,
      })),
  },
  { title: 'Redis takes more than 2 s for every command.', run: slow },
  {
    title: 'Redis becomes a read-only replica.',
    run: (lab) =>
      duringReply(lab, ({ admin }) => ({
        begin: () => admin.replicaof('127.0.0.1', '1'),
        end: () => admin.replicaof('NO', 'ONE'),
        reason: 'read_only',
        readable: true,
      })),
  },
  {
    title: 'Redis is out of memory (`maxmemory`, `noeviction`).',
    run: (lab) =>
      duringReply(lab, ({ admin }) => ({
        begin: () => admin.config('SET', 'maxmemory', '1'),
        end: () => admin.config('SET', 'maxmemory', '0'),
        reason: 'out_of_memory',
        readable: true,
      })),
  },
  { title: 'The daily quota of Upstash is used up.', run: overQuota },
  { title: 'Redis comes back empty during a reply.', run: emptyDuringReply },
  { title: 'Redis comes back empty after a reply.', run: emptyAfterReply },
  {
    title: 'Redis deletes keys when its memory is full (`maxmemory`, `allkeys-lru`).',
    run: (lab) =>
      warned(lab, {
        redis: { appendOnly: true, args: ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'] },
        warning: 'evicts',
        hint: strings.composer.evicts,
      }),
  },
  {
    title: 'Redis keeps nothing on disk.',
    run: (lab) => warned(lab, { redis: {}, warning: 'not_persisted', hint: strings.composer.memoryOnly }),
  },
  ...secretFaults,
  ...connectionFaults,
  {
    title: 'The key of a conversation holds a value of the wrong type.',
    run: (lab) => damaged(lab, (admin, key) => admin.multi().del(key).set(key, 'text').exec()),
  },
  {
    title: 'A turn in Redis is not valid JSON.',
    run: (lab) =>
      damaged(lab, async (admin, key) => {
        const fields = await admin.hkeys(key);
        const [turn = ''] = fields.filter((field) => field.startsWith('turn:'));
        await admin.hset(key, turn, '{"v":1,');
      }),
  },
];

const adminOf = (lab: Lab, { url }: RedisServer): Redis => {
  const admin = new Redis(url);
  // Every Redis restart in the test raises a connection error here.
  admin.on('error', () => undefined);
  lab.defer(() => admin.disconnect());
  return admin;
};

async function duringReply(
  lab: Lab,
  outageOf: (site: { server: RedisServer; admin: Redis }) => StoreOutage,
): Promise<Outcome> {
  const server = await lab.redis({ appendOnly: true });
  const app = await lab.app({ REDIS_URL: server.url });
  return outageDuringReply(lab, app, outageOf({ server, admin: adminOf(lab, server) }));
}

async function slow(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const proxy = await startSlowProxy(server.port);
  lab.defer(() => proxy.close());
  const app = await lab.app({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
  const setDelay = (ms: number) => () => {
    proxy.delayMs = ms;
  };
  return outageDuringReply(lab, app, {
    begin: setDelay(2_200),
    end: setDelay(0),
    reason: 'slow',
    readable: false,
  });
}

async function overQuota(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const bridge = await UpstashBridge.start(server.url);
  lab.defer(() => bridge.close());
  const app = await lab.app({ UPSTASH_REDIS_REST_URL: bridge.url, UPSTASH_REDIS_REST_TOKEN: bridge.token });
  return outageDuringReply(lab, app, {
    begin() {
      bridge.refusal = 'ERR max daily request limit exceeded. Limit: 10000, Usage: 10000.';
    },
    end() {
      bridge.refusal = null;
    },
    reason: 'quota',
    readable: false,
  });
}

async function downAtStart(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  await server.stop();
  const app = await lab.app({ REDIS_URL: server.url }, 'answering');
  const client = new ApiClient(app.url);
  const { store } = await client.health();
  expect(store).toMatchObject({ ok: false, reason: 'unreachable' });
  expect(await client.page()).toBe(true);
  const send = ApiClient.message('hello');
  const refused = await client.send(send);
  if (refused.ok) throw new Error('A turn that could not be stored was acknowledged.');
  await server.start();
  const reader = unwrap(
    await eventually(
      () => client.send(send),
      (result) => result.ok,
    ),
  );
  expect(await reader.ended).toBe('end');
  await eventually(
    () => client.health(),
    ({ store }) => store.ok,
  );
  return {
    shown: `${quoteBanner(store.reason)} On a message: ${quoteFailure(refused.error, 'unsent')} After recovery: ${describeReply(reader.turn())}`,
    saved: describeSaved(unwrap(await client.history(send.sessionId)), reader.turn()),
  };
}

/** A Redis that works and may lose what it is given. */
async function warned(
  lab: Lab,
  { redis, warning, hint }: { redis: RedisOptions; warning: StoreWarning; hint: string },
): Promise<Outcome> {
  const server = await lab.redis(redis);
  const app = await lab.app({ REDIS_URL: server.url });
  const client = new ApiClient(app.url);
  expect(await client.health()).toMatchObject({
    status: 'ok',
    store: { ok: true, durable: warning !== 'not_persisted' },
    warnings: [warning],
  });
  expect(app.output().split(`"warning":"${warning}"`)).toHaveLength(2);
  const reader = unwrap(await client.send(ApiClient.message('hello')));
  expect(await reader.ended).toBe('end');
  const saved = describeSaved(unwrap(await client.history(reader.sessionId)), reader.turn());
  return {
    shown: `${describeReply(reader.turn())} Below an empty conversation: “${hint}”`,
    saved: `${saved} The log names the risk and the setting.`,
  };
}

async function emptyDuringReply(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const app = await lab.app({ REDIS_URL: server.url });
  const client = new ApiClient(app.url);
  const reader = await startHeldReply(lab, client);
  await server.stop('SIGKILL');
  await server.start();
  expect(await reader.ended).toBe('end');
  expect(reader.turn().status).toBe('failed');
  const [request] = await lab.fake.received(reader.content);
  expect(await lab.fake.ended(request?.id ?? -1)).toMatchObject({ state: 'left' });
  await expectSendWorks(client);
  return {
    shown: describeReply(reader.turn()),
    saved: describeSaved(unwrap(await client.history(reader.sessionId)), reader.turn()),
  };
}

async function emptyAfterReply(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const app = await lab.app({ REDIS_URL: server.url });
  const client = new ApiClient(app.url);
  const reader = unwrap(await client.send(ApiClient.message('hello')));
  expect(await reader.ended).toBe('end');
  await server.stop('SIGKILL');
  await server.start();
  await eventually(
    () => client.history(reader.sessionId),
    ({ ok }) => ok,
  );
  await expectSendWorks(client);
  const history = unwrap(await client.history(reader.sessionId));
  expect(history.total).toBe(0);
  return {
    shown: 'An empty conversation.',
    saved: describeSaved(history, reader.turn()),
  };
}

/** The guest is still recognised (the server wrote the cookie secret back) and can send again. */
async function expectSendWorks(client: ApiClient): Promise<void> {
  const next = unwrap(await client.send(ApiClient.message('next')));
  expect(await next.ended).toBe('end');
  expect(unwrap(await client.history(next.sessionId)).turns).toEqual([next.turn()]);
}

async function damaged(lab: Lab, damage: (admin: Redis, key: string) => Promise<unknown>): Promise<Outcome> {
  const server = await lab.redis();
  const admin = adminOf(lab, server);
  const app = await lab.app({ REDIS_URL: server.url });
  const client = new ApiClient(app.url);
  const [broken, other] = [ApiClient.message('one'), ApiClient.message('another')];
  for (const send of [broken, other]) expect(await unwrap(await client.send(send)).ended).toBe('end');
  const keys = await admin.keys(`*${broken.sessionId}*`);
  const types = await Promise.all(keys.map((key) => admin.type(key)));
  const key = keys[types.indexOf('hash')] ?? '';
  const backup = await admin.dumpBuffer(key);
  await damage(admin, key);

  const failed = await client.history(broken.sessionId);
  if (failed.ok) throw new Error(`A damaged conversation was read: ${JSON.stringify(failed.value)}`);
  expect(failed).toMatchObject({ status: 503, error: { reason: 'corrupt_record' } });
  expect(unwrap(await client.history(other.sessionId)).total).toBe(1);
  expect((await client.health()).status).toBe('ok');
  await admin.restore(key, 0, backup ?? '', 'REPLACE');
  expect(unwrap(await client.history(broken.sessionId)).total).toBe(1);
  return {
    shown: quoteFailure(failed.error, 'history'),
    saved: 'All other conversations, and this one once its record is repaired.',
  };
}
