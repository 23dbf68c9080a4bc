import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Fault, Outcome } from './fault';
import { eventually, type Lab, value } from './lab';
import { half } from './trouble';
import { type Reading, Visitor } from './visitor';
import { failureWords, keptWords, replyWords } from './words-of';

/** How soon after a stop the model's server must see its connection close, ms. */
const STOPPED_WITHIN_MS = 1_500;
/** The lease is 15 s. */
const LEASE_AND_MORE_MS = 18_000;

/** The longest first: they run side by side. */
export const processFaults: Fault[] = [
  {
    done: 'SIGTERM in the middle of a reply that takes longer than the grace of 25 s.',
    play: terminatedForGood,
  },
  { done: 'A server is paused for longer than its lease, and goes on (two servers).', play: paused },
  {
    done: 'Redis is away for longer than the lease in the middle of a reply (two servers).',
    play: longOutage,
  },
  { done: 'The server is killed in the middle of a reply, and started again.', play: killed },
  {
    done: 'One of two servers is killed in the middle of a reply that the other follows.',
    play: oneOfTwoKilled,
  },
  { done: 'SIGTERM in the middle of a reply that ends within the grace.', play: terminated },
  {
    done: 'Stop, at another server than the one that runs the reply, while the model is silent.',
    play: stopped,
  },
  { done: 'The client’s connection is cut in the middle of a reply.', play: clientCut },
];

/** Two servers on one Redis, and one guest at both. */
async function twoServers(lab: Lab) {
  const redis = await lab.redis({ appendOnly: true });
  const onIt = { REDIS_URL: redis.url };
  const [a, b] = await Promise.all([lab.app(onIt), lab.app(onIt)]);
  const atA = new Visitor(a.url);
  const reading = await half(lab, atA);
  const atB = atA.at(b.url);
  // What is stored is what the other server can show.
  await eventually(
    async () => value(await atB.history(reading.sessionId)).turns[0]?.reply.content,
    (text) => text?.includes('part2') === true,
  );
  return { redis, a, atA, atB, reading };
}

async function found(visitor: Visitor, reading: Reading): Promise<Outcome> {
  const history = value(await visitor.history(reading.sessionId));
  const [turn] = history.turns;
  if (!turn) throw new Error('The turn is gone.');
  return { sees: replyWords(turn), kept: keptWords(history, reading.turn()) };
}

async function clientCut(lab: Lab): Promise<Outcome> {
  const app = await lab.app();
  const visitor = new Visitor(app.url);
  const reading = await half(lab, visitor);
  reading.leave();
  expect(await reading.ended).toBe('cut');
  const again = value(await visitor.follow(reading));
  await again.has('part2');
  lab.fake.release({ contains: reading.content });
  expect(await again.ended).toBe('end');
  expect(await lab.fake.asked(reading.content)).toHaveLength(1);
  return found(visitor, again);
}

async function killed(lab: Lab): Promise<Outcome> {
  const app = await lab.app();
  const visitor = new Visitor(app.url);
  const reading = await half(lab, visitor);
  await eventually(
    () => app.hasStored('part1 part2'),
    (stored) => stored,
  );
  await app.stop('SIGKILL');
  expect(await reading.ended).toBe('cut');
  await app.start();
  const again = value(await visitor.follow(reading));
  expect(await again.ended).toBe('end');
  expect(again.turn().reply).toEqual(reading.turn().reply);
  return found(visitor, again);
}

async function oneOfTwoKilled(lab: Lab): Promise<Outcome> {
  const { a, atB, reading } = await twoServers(lab);
  const following = value(await atB.follow(reading));
  await following.has('part2');
  await a.stop('SIGKILL');
  expect(await following.ended).toBe('end');
  expect(following.turn().status).toBe('interrupted');
  return found(atB, following);
}

async function stopped(lab: Lab): Promise<Outcome> {
  const { atB, reading } = await twoServers(lab);
  const [asked] = await lab.fake.asked(reading.content);
  const at = Date.now();
  const [answer, call] = await Promise.all([atB.stop(reading), lab.fake.ended(asked?.id ?? -1)]);
  const { turn } = value(answer);
  expect(call.state).toBe('left');
  expect((call.endedAt ?? 0) - at).toBeLessThan(STOPPED_WITHIN_MS);
  expect(await reading.ended).toBe('end');
  expect(reading.turn()).toEqual(turn);
  expect(value(await atB.history(reading.sessionId)).turns).toEqual([turn]);
  return found(atB, reading);
}

async function paused(lab: Lab): Promise<Outcome> {
  const { a, atA, atB, reading } = await twoServers(lab);
  const following = value(await atB.follow(reading));
  process.kill(a.pid, 'SIGSTOP');
  lab.later(() => void process.kill(a.pid, 'SIGCONT'));
  lab.fake.release({ contains: reading.content });
  expect(await following.ended).toBe('end');
  const settled = following.turn();
  expect(settled.status).toBe('interrupted');
  process.kill(a.pid, 'SIGCONT');
  // What comes to the paused server now is more than was settled, and it must not say so.
  expect(await reading.ended).toBe('end');
  expect(reading.turn()).toEqual(settled);
  expect(value(await atA.history(reading.sessionId)).turns).toEqual([settled]);
  expect(value(await atB.history(reading.sessionId)).turns).toEqual([settled]);
  return found(atB, following);
}

async function longOutage(lab: Lab): Promise<Outcome> {
  const { redis, atB, reading } = await twoServers(lab);
  await redis.stop('SIGKILL');
  await pause(LEASE_AND_MORE_MS);
  lab.fake.release({ contains: reading.content, count: 2 });
  await reading.has('part4');
  await redis.start();
  const { turns } = value(
    await eventually(
      () => atB.history(reading.sessionId),
      (answer) => answer.ok,
    ),
  );
  expect(turns[0]?.status).toBe('streaming');
  const following = value(await atB.follow(reading));
  await following.has('part4');
  lab.fake.release({ contains: reading.content });
  expect(await reading.ended).toBe('end');
  expect(await following.ended).toBe('end');
  expect(following.turn()).toEqual(reading.turn());
  return found(atB, reading);
}

async function refusedWhileEnding(visitor: Visitor): Promise<string> {
  const refused = await eventually(
    () => visitor.send(Visitor.words('too late')),
    (answer) => !answer.ok,
  );
  if (refused.ok) throw new Error('A server that ends began a turn.');
  expect(refused).toMatchObject({ status: 503, error: { code: 'shutting_down' } });
  return failureWords(refused.error, 'unsent');
}

async function terminated(lab: Lab): Promise<Outcome> {
  const app = await lab.app();
  const visitor = new Visitor(app.url);
  const reading = await half(lab, visitor);
  const gone = app.ended();
  process.kill(app.pid, 'SIGTERM');
  const refused = await refusedWhileEnding(visitor);
  process.kill(app.pid, 'SIGTERM');
  lab.fake.release({ contains: reading.content });
  expect(await reading.ended).toBe('end');
  expect(await gone).toBe(0);
  await app.start();
  const { sees, kept } = await found(visitor, reading);
  return { sees: `${sees} On a new message: ${refused}`, kept };
}

async function terminatedForGood(lab: Lab): Promise<Outcome> {
  const { a, atA, atB, reading } = await twoServers(lab);
  const following = value(await atB.follow(reading));
  const gone = a.ended();
  process.kill(a.pid, 'SIGTERM');
  const refused = await refusedWhileEnding(atA);
  lab.fake.release({ contains: reading.content, count: 1 });
  await reading.has('part3');
  expect(await reading.ended).toBe('end');
  expect(await gone).toBe(0);
  expect(reading.turn()).toMatchObject({ status: 'interrupted' });
  expect(await following.ended).toBe('end');
  expect(following.turn()).toEqual(reading.turn());
  const { sees, kept } = await found(atB, reading);
  return { sees: `${sees} On a new message: ${refused}`, kept };
}
