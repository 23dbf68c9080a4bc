import { Redis } from 'ioredis';
import { expect } from 'vitest';
import type { RedisServer } from '../support/redis';
import { UpstashBridge } from '../support/upstash-bridge';
import type { Fault, Outcome } from './fault';
import { eventually, type Lab, value } from './lab';
import { openSlowWay } from './slow-way';
import { half, type Trouble, troubleInTheMiddle } from './trouble';
import { Visitor } from './visitor';
import { bannerWords, failureWords, keptWords, replyWords } from './words-of';

export const redisFaults: Fault[] = [
  { done: 'Redis is down when the server starts.', play: downAtStart },
  {
    done: 'Redis is killed in the middle of a reply and comes back with its data within a minute.',
    play: (lab) =>
      inTheMiddle(lab, ({ server }) => ({
        begin: () => server.stop('SIGKILL'),
        end: () => server.start(),
        reason: 'unreachable',
        readable: false,
      })),
  },
  { done: 'Redis needs more than 2 s for every command.', play: slow },
  {
    done: 'Redis becomes a read-only replica.',
    play: (lab) =>
      inTheMiddle(lab, ({ admin }) => ({
        begin: () => admin.replicaof('127.0.0.1', '1'),
        end: () => admin.replicaof('NO', 'ONE'),
        reason: 'read_only',
        readable: true,
      })),
  },
  {
    done: 'Redis is out of memory (`maxmemory`, `noeviction`).',
    play: (lab) =>
      inTheMiddle(lab, ({ admin }) => ({
        begin: () => admin.config('SET', 'maxmemory', '1'),
        end: () => admin.config('SET', 'maxmemory', '0'),
        reason: 'out_of_memory',
        readable: true,
      })),
  },
  { done: 'Upstash has used up its daily quota.', play: overQuota },
  { done: 'Redis comes back empty in the middle of a reply.', play: emptyInTheMiddle },
  { done: 'Redis comes back empty after a reply.', play: emptyAfterwards },
  {
    done: 'A value of the wrong type stands under the key of a conversation.',
    play: (lab) => damaged(lab, (admin, key) => admin.multi().del(key).set(key, 'text').exec()),
  },
  {
    done: 'A turn in Redis is not JSON.',
    play: (lab) =>
      damaged(lab, async (admin, key) => {
        const fields = await admin.hkeys(key);
        const [turn = ''] = fields.filter((field) => field.startsWith('turn:'));
        await admin.hset(key, turn, '{"v":1,');
      }),
  },
];

const adminOf = (lab: Lab, { url }: RedisServer): Redis => {
  const admin = new Redis(url);
  // It is told of every restart that the test makes.
  admin.on('error', () => undefined);
  lab.later(() => admin.disconnect());
  return admin;
};

async function inTheMiddle(
  lab: Lab,
  troubleOf: (site: { server: RedisServer; admin: Redis }) => Trouble,
): Promise<Outcome> {
  const server = await lab.redis({ appendOnly: true });
  const app = await lab.app({ REDIS_URL: server.url });
  return troubleInTheMiddle(lab, app, troubleOf({ server, admin: adminOf(lab, server) }));
}

async function slow(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const way = await openSlowWay(server.port);
  lab.later(() => way.close());
  const app = await lab.app({ REDIS_URL: `redis://127.0.0.1:${way.port}` });
  const setDelay = (ms: number) => () => {
    way.delayMs = ms;
  };
  return troubleInTheMiddle(lab, app, {
    begin: setDelay(2_200),
    end: setDelay(0),
    reason: 'slow',
    readable: false,
  });
}

async function overQuota(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const bridge = await UpstashBridge.start(server.url);
  lab.later(() => bridge.close());
  const app = await lab.app({ UPSTASH_REDIS_REST_URL: bridge.url, UPSTASH_REDIS_REST_TOKEN: bridge.token });
  return troubleInTheMiddle(lab, app, {
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
  const visitor = new Visitor(app.url);
  const { store } = await visitor.health();
  expect(store).toMatchObject({ ok: false, reason: 'unreachable' });
  expect(await visitor.page()).toBe(true);
  const send = Visitor.words('hello');
  const refused = await visitor.send(send);
  if (refused.ok) throw new Error('A turn was acknowledged that could not be kept.');
  await server.start();
  const reading = value(
    await eventually(
      () => visitor.send(send),
      (answer) => answer.ok,
    ),
  );
  expect(await reading.ended).toBe('end');
  expect((await visitor.health()).store.ok).toBe(true);
  return {
    sees: `${bannerWords(store.reason)} On a message: ${failureWords(refused.error, 'unsent')} Later: ${replyWords(reading.turn())}`,
    kept: keptWords(value(await visitor.history(send.sessionId)), reading.turn()),
  };
}

async function emptyInTheMiddle(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const app = await lab.app({ REDIS_URL: server.url });
  const visitor = new Visitor(app.url);
  const reading = await half(lab, visitor);
  await server.stop('SIGKILL');
  await server.start();
  expect(await reading.ended).toBe('end');
  expect(reading.turn().status).toBe('failed');
  const [asked] = await lab.fake.asked(reading.content);
  expect(await lab.fake.ended(asked?.id ?? -1)).toMatchObject({ state: 'left' });
  await goesOn(visitor);
  return {
    sees: replyWords(reading.turn()),
    kept: keptWords(value(await visitor.history(reading.sessionId)), reading.turn()),
  };
}

async function emptyAfterwards(lab: Lab): Promise<Outcome> {
  const server = await lab.redis();
  const app = await lab.app({ REDIS_URL: server.url });
  const visitor = new Visitor(app.url);
  const reading = value(await visitor.send(Visitor.words('hello')));
  expect(await reading.ended).toBe('end');
  await server.stop('SIGKILL');
  await server.start();
  await eventually(
    () => visitor.health(),
    ({ store }) => store.ok,
  );
  await goesOn(visitor);
  const history = value(await visitor.history(reading.sessionId));
  expect(history.total).toBe(0);
  return {
    sees: 'An empty conversation: what the store says that it has.',
    kept: keptWords(history, reading.turn()),
  };
}

/** The guest is who they were (the cookie's secret was written back), and can go on. */
async function goesOn(visitor: Visitor): Promise<void> {
  const next = value(await visitor.send(Visitor.words('next')));
  expect(await next.ended).toBe('end');
  expect(value(await visitor.history(next.sessionId)).turns).toEqual([next.turn()]);
}

async function damaged(lab: Lab, damage: (admin: Redis, key: string) => Promise<unknown>): Promise<Outcome> {
  const server = await lab.redis();
  const admin = adminOf(lab, server);
  const app = await lab.app({ REDIS_URL: server.url });
  const visitor = new Visitor(app.url);
  const [broken, other] = [Visitor.words('one'), Visitor.words('another')];
  for (const send of [broken, other]) expect(await value(await visitor.send(send)).ended).toBe('end');
  const keys = await admin.keys(`*${broken.sessionId}*`);
  const types = await Promise.all(keys.map((key) => admin.type(key)));
  const key = keys[types.indexOf('hash')] ?? '';
  const whole = await admin.dumpBuffer(key);
  await damage(admin, key);

  const failed = await visitor.history(broken.sessionId);
  if (failed.ok) throw new Error(`A damaged conversation was read: ${JSON.stringify(failed.value)}`);
  expect(failed).toMatchObject({ status: 503, error: { reason: 'corrupt_record' } });
  expect(value(await visitor.history(other.sessionId)).total).toBe(1);
  expect((await visitor.health()).status).toBe('ok');
  await admin.restore(key, 0, whole ?? '', 'REPLACE');
  expect(value(await visitor.history(broken.sessionId)).total).toBe(1);
  return {
    sees: failureWords(failed.error, 'history'),
    kept: 'All other conversations; this one too, once its record is put right.',
  };
}
