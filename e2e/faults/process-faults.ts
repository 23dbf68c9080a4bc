import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { ApiClient, type ReplyReader } from './api-client';
import { describeReply, describeSaved, quoteAdvice, quoteFailure } from './describe-outcome';
import type { Fault, Outcome } from './fault-table';
import { eventually, type Lab, unwrap } from './lab';
import { startHeldReply } from './store-outage';

/** How soon after a stop the model server must see its connection close, ms. */
const STOPPED_WITHIN_MS = 1_500;
/** Longer than the lease, which is 15 s. */
const OUTAGE_MS = 18_000;

/** Longest first, because they run concurrently. */
export const processFaults: Fault[] = [
  {
    title: 'SIGTERM during a reply that takes longer than the grace period of 25 s.',
    run: terminatedPastGrace,
  },
  { title: 'A server is paused for longer than its lease, then resumed (two servers).', run: paused },
  {
    title: 'Redis is unreachable for longer than the lease during a reply (two servers).',
    run: longOutage,
  },
  { title: 'The server is killed during a reply, then restarted.', run: killed },
  {
    title: 'One of two servers is killed during a reply that the other one follows.',
    run: oneOfTwoKilled,
  },
  { title: 'SIGTERM during a reply that ends within the grace period.', run: terminated },
  {
    title:
      'The reply is stopped through another server than the one producing it, while the model is silent.',
    run: stopped,
  },
  { title: 'A reply takes longer than `MAX_REPLY_SECONDS`.', run: tooLong },
  { title: 'The client’s connection is cut during a reply.', run: clientCut },
  { title: 'The browser does not keep the cookie of the site.', run: noCookie },
];

/** Two servers on one Redis, and one guest who talks to both. */
async function twoServers(lab: Lab) {
  const redis = await lab.redis({ appendOnly: true });
  const settings = { REDIS_URL: redis.url };
  const [a, b] = await Promise.all([lab.app(settings), lab.app(settings)]);
  const atA = new ApiClient(a.url);
  const reader = await startHeldReply(lab, atA);
  const atB = atA.at(b.url);
  // The other server can only show what has been stored.
  await eventually(
    async () => unwrap(await atB.history(reader.sessionId)).turns[0]?.reply.content,
    (text) => text?.includes('part2') === true,
  );
  return { redis, a, atA, atB, reader };
}

async function found(client: ApiClient, reader: ReplyReader): Promise<Outcome> {
  const history = unwrap(await client.history(reader.sessionId));
  const [turn] = history.turns;
  if (!turn) throw new Error('The turn is gone.');
  return { shown: describeReply(turn), saved: describeSaved(history, reader.turn()) };
}

async function tooLong(lab: Lab): Promise<Outcome> {
  const app = await lab.app({ MAX_REPLY_SECONDS: '3' });
  const client = new ApiClient(app.url);
  const reader = await startHeldReply(lab, client);
  expect(await reader.ended).toBe('end');
  expect(reader.turn().status).toBe('interrupted');
  return found(client, reader);
}

async function noCookie(lab: Lab): Promise<Outcome> {
  const app = await lab.app();
  const response = await fetch(`${app.url}/api/chat/sessions`);
  expect(await response.json()).toMatchObject({ cookieMissing: true });
  return {
    shown: `Above the conversation, before the first message: ${quoteAdvice({ code: 'unauthorized', reason: 'no_cookies' })} A message stays in its box.`,
    saved: 'Nothing, because nothing is sent.',
  };
}

async function clientCut(lab: Lab): Promise<Outcome> {
  const app = await lab.app();
  const client = new ApiClient(app.url);
  const reader = await startHeldReply(lab, client);
  reader.disconnect();
  expect(await reader.ended).toBe('cut');
  const again = unwrap(await client.follow(reader));
  await again.waitForText('part2');
  lab.fake.release({ contains: reader.content });
  expect(await again.ended).toBe('end');
  expect(await lab.fake.received(reader.content)).toHaveLength(1);
  return found(client, again);
}

async function killed(lab: Lab): Promise<Outcome> {
  const app = await lab.app();
  const client = new ApiClient(app.url);
  const reader = await startHeldReply(lab, client);
  await eventually(
    () => app.hasStored('part1 part2'),
    (isStored) => isStored,
  );
  await app.stop('SIGKILL');
  expect(await reader.ended).toBe('cut');
  await app.start();
  const again = unwrap(await client.follow(reader));
  expect(await again.ended).toBe('end');
  expect(again.turn().reply).toEqual(reader.turn().reply);
  return found(client, again);
}

async function oneOfTwoKilled(lab: Lab): Promise<Outcome> {
  const { a, atB, reader } = await twoServers(lab);
  const following = unwrap(await atB.follow(reader));
  await following.waitForText('part2');
  await a.stop('SIGKILL');
  expect(await following.ended).toBe('end');
  expect(following.turn().status).toBe('interrupted');
  return found(atB, following);
}

async function stopped(lab: Lab): Promise<Outcome> {
  const { atB, reader } = await twoServers(lab);
  const [request] = await lab.fake.received(reader.content);
  const at = Date.now();
  const [result, call] = await Promise.all([atB.stop(reader), lab.fake.ended(request?.id ?? -1)]);
  const { turn } = unwrap(result);
  expect(call.state).toBe('left');
  expect((call.endedAt ?? 0) - at).toBeLessThan(STOPPED_WITHIN_MS);
  expect(await reader.ended).toBe('end');
  expect(reader.turn()).toEqual(turn);
  expect(unwrap(await atB.history(reader.sessionId)).turns).toEqual([turn]);
  return found(atB, reader);
}

async function paused(lab: Lab): Promise<Outcome> {
  const { a, atA, atB, reader } = await twoServers(lab);
  const following = unwrap(await atB.follow(reader));
  process.kill(a.pid, 'SIGSTOP');
  lab.defer(() => void process.kill(a.pid, 'SIGCONT'));
  lab.fake.release({ contains: reader.content });
  expect(await following.ended).toBe('end');
  const settled = following.turn();
  expect(settled.status).toBe('interrupted');
  process.kill(a.pid, 'SIGCONT');
  // The resumed server receives the rest of the reply, but must report the turn as it was settled.
  expect(await reader.ended).toBe('end');
  expect(reader.turn()).toEqual(settled);
  expect(unwrap(await atA.history(reader.sessionId)).turns).toEqual([settled]);
  expect(unwrap(await atB.history(reader.sessionId)).turns).toEqual([settled]);
  return found(atB, following);
}

async function longOutage(lab: Lab): Promise<Outcome> {
  const { redis, atB, reader } = await twoServers(lab);
  await redis.stop('SIGKILL');
  await pause(OUTAGE_MS);
  lab.fake.release({ contains: reader.content, count: 2 });
  await reader.waitForText('part4');
  await redis.start();
  const { turns } = unwrap(
    await eventually(
      () => atB.history(reader.sessionId),
      (result) => result.ok,
    ),
  );
  expect(turns[0]?.status).toBe('streaming');
  const following = unwrap(await atB.follow(reader));
  await following.waitForText('part4');
  lab.fake.release({ contains: reader.content });
  expect(await reader.ended).toBe('end');
  expect(await following.ended).toBe('end');
  expect(following.turn()).toEqual(reader.turn());
  return found(atB, reader);
}

async function refusedAtShutdown(client: ApiClient): Promise<string> {
  const refused = await eventually(
    () => client.send(ApiClient.message('too late')),
    (result) => !result.ok,
  );
  if (refused.ok) throw new Error('A server that is shutting down accepted a turn.');
  expect(refused).toMatchObject({ status: 503, error: { code: 'shutting_down' } });
  expect([await client.probe('live'), await client.probe('ready')]).toEqual([200, 503]);
  expect(await client.health()).toMatchObject({ status: 'degraded', store: { ok: true } });
  return quoteFailure(refused.error, 'unsent');
}

async function terminated(lab: Lab): Promise<Outcome> {
  const app = await lab.app();
  const client = new ApiClient(app.url);
  const reader = await startHeldReply(lab, client);
  const exited = app.exited();
  process.kill(app.pid, 'SIGTERM');
  const refused = await refusedAtShutdown(client);
  process.kill(app.pid, 'SIGTERM');
  lab.fake.release({ contains: reader.content });
  expect(await reader.ended).toBe('end');
  expect(await exited).toBe(0);
  await app.start();
  const { shown, saved } = await found(client, reader);
  return { shown: `${shown} On a new message: ${refused}`, saved };
}

async function terminatedPastGrace(lab: Lab): Promise<Outcome> {
  const { a, atA, atB, reader } = await twoServers(lab);
  const following = unwrap(await atB.follow(reader));
  const exited = a.exited();
  process.kill(a.pid, 'SIGTERM');
  const refused = await refusedAtShutdown(atA);
  lab.fake.release({ contains: reader.content, count: 1 });
  await reader.waitForText('part3');
  expect(await reader.ended).toBe('end');
  expect(await exited).toBe(0);
  expect(reader.turn()).toMatchObject({ status: 'interrupted' });
  expect(await following.ended).toBe('end');
  expect(following.turn()).toEqual(reader.turn());
  const { shown, saved } = await found(atB, reader);
  return { shown: `${shown} On a new message: ${refused}`, saved };
}
