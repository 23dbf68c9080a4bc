import { expect } from 'vitest';
import type { StoreReason } from '@/lib/chat/errors';
import type { AppServer } from '../support/servers/app-server';
import { ApiClient } from './api-client';
import { describeReply, describeSaved, quoteBanner, quoteFailure } from './describe-outcome';
import type { Outcome } from './fault-table';
import { eventually, type Lab, unwrap } from './lab';

export interface StoreOutage {
  begin(): unknown;
  end(): unknown;
  reason: StoreReason;
  /** Whether stored turns can still be read during the outage. */
  readable: boolean;
}

/** A check of the store's health answers for three seconds, and may take two. */
const NOTICED_WITHIN_MS = 6_000;

/**
 * Runs a store outage of less than a minute during a reply: reads and sends while it lasts, then checks that
 * the server recovered without a restart, no acknowledged turn was lost and nothing was sent twice.
 */
export async function outageDuringReply(lab: Lab, app: AppServer, outage: StoreOutage): Promise<Outcome> {
  const client = new ApiClient(app.url);
  const before = unwrap(await client.send(ApiClient.message('before')));
  expect(await before.ended).toBe('end');
  const reader = await startHeldReply(lab, client);

  await outage.begin();
  lab.fake.release({ contains: reader.content, count: 2 });
  await reader.waitForText('part4');
  const { store } = await eventually(
    () => client.health(),
    (health) => !health.store.ok,
    NOTICED_WITHIN_MS,
  );
  expect(store.reason).toBe(outage.reason);
  expect([await client.probe('live'), await client.probe('ready')]).toEqual([200, 503]);
  expect(await client.page()).toBe(true);
  const history = await client.history(before.sessionId);
  if (outage.readable) expect(unwrap(history).turns).toHaveLength(1);
  else
    expect(history).toMatchObject({
      status: 503,
      error: { code: 'store_unavailable', reason: outage.reason },
    });
  const later = ApiClient.message(`sent meanwhile ${crypto.randomUUID()}`);
  const refused = await client.send(later);
  if (refused.ok) throw new Error('A turn that could not be stored was acknowledged.');
  expect(refused).toMatchObject({
    status: 503,
    error: { code: 'store_unavailable', reason: outage.reason },
  });
  lab.fake.release({ contains: reader.content });
  await reader.waitForText('part5');

  await outage.end();
  expect(await reader.ended).toBe('end');
  await eventually(
    () => client.health(),
    ({ store }) => store.ok,
  );
  const sent = unwrap(
    await eventually(
      () => client.send(later),
      (result) => result.ok,
    ),
  );
  expect(await sent.ended).toBe('end');
  expect(sent.turn().status).toBe('done');
  expect(await lab.fake.received(later.content)).toHaveLength(1);
  expect(unwrap(await client.history(later.sessionId)).turns).toEqual([sent.turn()]);
  expect(unwrap(await client.history(before.sessionId)).turns).toEqual([before.turn()]);
  const saved = unwrap(await client.history(reader.sessionId));
  return {
    shown: [
      `The reply continues. Above it: ${quoteBanner(outage.reason)}`,
      `On a new message: ${quoteFailure(refused.error, 'unsent')}`,
      `After recovery: ${describeReply(reader.turn())}`,
    ].join(' '),
    saved: `${describeSaved(saved, reader.turn())} All earlier turns. The new message is sent once.`,
  };
}

/** A reply held by the fake model after its first two parts, which have been read. */
export async function startHeldReply(lab: Lab, client: ApiClient) {
  const send = ApiClient.message(`[[hold]] story ${crypto.randomUUID()}`);
  const reader = unwrap(await client.send(send));
  await lab.fake.received(send.content);
  lab.fake.release({ contains: send.content, count: 2 });
  await reader.waitForText('part2');
  return reader;
}
