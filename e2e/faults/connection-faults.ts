import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import type { StoreReason } from '@/lib/chat/errors';
import { makeCertificates } from '../support/servers/certificates';
import { type SilentProxy, startSilentProxy } from '../support/servers/silent-proxy';
import { ApiClient } from './api-client';
import { describeReply, describeSaved, quoteBanner, quoteFailure } from './describe-outcome';
import type { Fault, Outcome } from './fault-table';
import { eventually, type Lab, unwrap } from './lab';
import { startHeldReply } from './store-outage';

/** Faults between the server and a working Redis, and mistakes in its address. */
export const connectionFaults: Fault[] = [
  { title: 'A firewall drops the connection to Redis without a word.', run: dropped },
  {
    title: 'Redis fails over: its name leads to a new primary, and the old one is a replica.',
    run: failedOver,
  },
  { title: 'The clock of a second server is 40 s ahead (two servers).', run: clockAhead },
  {
    title: '`REDIS_URL` names a database that Redis does not have.',
    run: async (lab) => unusable(lab, { REDIS_URL: `${(await lab.redis()).url}/99` }, 'misconfigured'),
  },
  { title: 'The certificate of Redis is of an unknown authority.', run: untrusted },
];

async function heldReplyThrough(lab: Lab): Promise<{
  proxy: SilentProxy;
  redis: Awaited<ReturnType<Lab['redis']>>;
  client: ApiClient;
  reader: Awaited<ReturnType<typeof startHeldReply>>;
}> {
  const redis = await lab.redis({ appendOnly: true });
  const proxy = await startSilentProxy(redis.port);
  lab.defer(() => proxy.close());
  const app = await lab.app({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
  const client = new ApiClient(app.url);
  return { proxy, redis, client, reader: await startHeldReply(lab, client) };
}

/** The reply continues, and the browser keeps a message sent meanwhile until the server accepts it. */
async function heals(
  lab: Lab,
  client: ApiClient,
  reader: Awaited<ReturnType<typeof startHeldReply>>,
): Promise<Outcome> {
  const meanwhile = ApiClient.message(`sent meanwhile ${crypto.randomUUID()}`);
  const sent = unwrap(
    await eventually(
      () => client.send(meanwhile),
      (result) => result.ok,
    ),
  );
  expect(await sent.ended).toBe('end');
  lab.fake.release({ contains: reader.content });
  expect(await reader.ended).toBe('end');
  expect(unwrap(await client.history(meanwhile.sessionId)).turns).toEqual([sent.turn()]);
  expect(await lab.fake.received(meanwhile.content)).toHaveLength(1);
  const saved = unwrap(await client.history(reader.sessionId));
  return {
    shown: describeReply(reader.turn()),
    saved: `${describeSaved(saved, reader.turn())} A message that is sent meanwhile goes out by itself within seconds, once.`,
  };
}

async function dropped(lab: Lab): Promise<Outcome> {
  const { proxy, client, reader } = await heldReplyThrough(lab);
  proxy.forgetConnections();
  return heals(lab, client, reader);
}

async function failedOver(lab: Lab): Promise<Outcome> {
  const { proxy, redis, client, reader } = await heldReplyThrough(lab);
  const next = await lab.redis({ appendOnly: true });
  const [old, promoted] = [redis, next].map(({ url }) => {
    const admin = new Redis(url).on('error', () => undefined);
    lab.defer(() => admin.disconnect());
    return admin;
  });
  await promoted?.replicaof('127.0.0.1', redis.port);
  await eventually(
    async () => promoted?.info('replication'),
    (info) => info?.includes('master_link_status:up') === true,
  );
  await promoted?.replicaof('NO', 'ONE');
  await old?.replicaof('127.0.0.1', next.port);
  proxy.target = next.port;
  return heals(lab, client, reader);
}

/** Loaded before the server. */
const CLOCK_AHEAD = `
const RealDate = Date;
const now = () => RealDate.now() + 40_000;
globalThis.Date = class extends RealDate {
  constructor(...args) { super(...(args.length === 0 ? [now()] : args)); }
  static now() { return now(); }
};`;

async function clockAhead(lab: Lab): Promise<Outcome> {
  const redis = await lab.redis({ appendOnly: true });
  const settings = { REDIS_URL: redis.url };
  const ahead = `--import=data:text/javascript,${encodeURIComponent(CLOCK_AHEAD)}`;
  const [a, b] = await Promise.all([lab.app(settings), lab.app({ ...settings, NODE_OPTIONS: ahead })]);
  const client = new ApiClient(a.url);
  const reader = await startHeldReply(lab, client);
  const atB = client.at(b.url);
  // By its own clock the lease has expired, and the store has answered for long enough to settle turns.
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    const [turn] = unwrap(await atB.history(reader.sessionId)).turns;
    expect(turn?.status).toBe('streaming');
    await pause(500);
  }
  expect(b.output()).toContain('clock_skew');
  lab.fake.release({ contains: reader.content });
  expect(await reader.ended).toBe('end');
  const saved = unwrap(await atB.history(reader.sessionId));
  return {
    shown: describeReply(reader.turn()),
    saved: `${describeSaved(saved, reader.turn())} The log of the second server names the difference.`,
  };
}

async function untrusted(lab: Lab): Promise<Outcome> {
  const own = makeCertificates();
  lab.defer(() => own.remove());
  const files = ['--tls-cert-file', own.certFile, '--tls-key-file', own.keyFile, '--tls-auth-clients', 'no'];
  const redis = await lab.redis({ tls: true, args: files });
  const outcome = await unusable(lab, { REDIS_URL: redis.url }, 'certificate');
  const believing = new ApiClient((await lab.app({ REDIS_URL: redis.url, REDIS_CA: own.caFile })).url);
  expect(await unwrap(await believing.send(ApiClient.message('hello'))).ended).toBe('end');
  return outcome;
}

/** A server whose settings have to be changed. */
async function unusable(lab: Lab, settings: Record<string, string>, reason: StoreReason): Promise<Outcome> {
  const app = await lab.app(settings, 'answering');
  const client = new ApiClient(app.url);
  const { store } = await eventually(
    () => client.health(),
    (health) => health.store.reason === reason,
  );
  expect(await client.page()).toBe(true);
  const refused = await client.send(ApiClient.message('hello'));
  if (refused.ok) throw new Error('A turn that could not be stored was acknowledged.');
  expect(refused).toMatchObject({ status: 503, error: { code: 'store_unavailable', reason } });
  expect(app.output()).toContain('store_unhealthy');
  return {
    shown: `${quoteBanner(store.reason)} On a message: ${quoteFailure(refused.error, 'unsent')}`,
    saved: 'Nothing until the setting is changed; the message waits in the browser. The log has the details.',
  };
}
