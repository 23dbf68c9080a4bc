import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { ApiClient, type ApiResult } from './api-client';
import { describeReply, describeSaved, quoteBanner, quoteFailure } from './describe-outcome';
import type { Fault, Outcome } from './fault-table';
import { eventually, type Lab, unwrap } from './lab';

const SECRET = 'confab:secret:auth';

/** Redis loses the secret of guest cookies, as when it evicts keys because its memory is full. */
export const secretFaults: Fault[] = [
  {
    title: 'Redis loses the secret of the guest cookies, and the server is started again.',
    run: secretLost,
  },
  {
    title: 'The same, and the copies with the guests’ devices are lost too. Later the secret is put back.',
    run: copiesLost,
  },
];

/** A guest with a conversation, and a server restarted without its secret. */
async function withoutSecret(lab: Lab, also: (admin: Redis) => Promise<unknown> = async () => undefined) {
  const server = await lab.redis({ appendOnly: true });
  const admin = new Redis(server.url);
  lab.defer(() => admin.disconnect());
  const app = await lab.app({ REDIS_URL: server.url }, 'answering');
  const client = new ApiClient(app.url);
  const reader = unwrap(await client.send(ApiClient.message('hello')));
  expect(await reader.ended).toBe('end');
  unwrap(await client.history(reader.sessionId));
  await app.stop();
  const secret = (await admin.get(SECRET)) ?? '';
  await admin.del(SECRET);
  await also(admin);
  await app.start();
  const { store } = await eventually(
    () => client.health(),
    // A busy machine may take seconds to connect.
    ({ store }) => store.reason === 'secret_missing',
  );
  expect(app.output()).toContain('"event":"secret_missing"');
  const bringBack = () => admin.set(SECRET, secret);
  return { app, client, reader, reason: store.reason, bringBack };
}

/** The text of the page about the refusal, without the waiting time, which differs from run to run. */
function quoteRefusal(result: ApiResult<unknown>): string {
  if (result.ok) throw new Error('A guest was recognised without the secret.');
  expect(result.error).toMatchObject({ code: 'store_unavailable', reason: 'secret_missing' });
  expect(result.error.retryAfterMs).toBeGreaterThan(0);
  return quoteFailure({ code: result.error.code, reason: result.error.reason }, 'unsent');
}

async function secretLost(lab: Lab): Promise<Outcome> {
  const { app, client, reader, reason } = await withoutSecret(lab);
  const stranger = new ApiClient(app.url);
  const refused = quoteRefusal(await stranger.send(ApiClient.message('who am I?')));
  const saved = unwrap(await client.history(reader.sessionId));
  // That guest's copy has restored the secret for all guests.
  await eventually(
    () => client.health(),
    ({ store }) => store.ok,
  );
  expect(await unwrap(await stranger.send(ApiClient.message('who am I?'))).ended).toBe('end');
  return {
    shown: `For who has a conversation: ${describeReply(reader.turn())} For a new visitor until somebody comes who has one: ${quoteBanner(reason)} On a message: ${refused}`,
    saved: `${describeSaved(saved, reader.turn())} All conversations.`,
  };
}

async function copiesLost(lab: Lab): Promise<Outcome> {
  const { client, reader, reason, bringBack } = await withoutSecret(lab, async (admin) =>
    admin.del(...(await admin.keys('*:devices'))),
  );
  const message = ApiClient.message('next');
  const refused = quoteRefusal(await client.send(message));
  await bringBack();
  await eventually(
    () => client.health(),
    ({ store }) => store.ok,
  );
  const next = unwrap(await client.send(message));
  expect(await next.ended).toBe('end');
  return {
    shown: `${quoteBanner(reason)} On a message: ${refused} After recovery: ${describeReply(next.turn())}`,
    saved: `${describeSaved(unwrap(await client.history(reader.sessionId)), reader.turn())} All conversations. The message is sent once.`,
  };
}
