import { expect } from 'vitest';
import type { StoreReason } from '@/lib/chat/errors';
import type { AppServer } from '../support/app-server';
import type { Outcome } from './fault';
import { eventually, type Lab, value } from './lab';
import { Visitor } from './visitor';
import { bannerWords, failureWords, keptWords, replyWords } from './words-of';

export interface Trouble {
  begin(): unknown;
  end(): unknown;
  reason: StoreReason;
  /** Whether what is stored can still be read meanwhile. */
  readable: boolean;
}

/**
 * A store in trouble in the middle of a reply, and well again before a minute is over. Read meanwhile, sent to
 * meanwhile, and compared afterwards: no restart, nothing acknowledged lost, nothing sent twice.
 */
export async function troubleInTheMiddle(lab: Lab, app: AppServer, trouble: Trouble): Promise<Outcome> {
  const visitor = new Visitor(app.url);
  const before = value(await visitor.send(Visitor.words('before')));
  expect(await before.ended).toBe('end');
  const reading = await half(lab, visitor);

  await trouble.begin();
  lab.fake.release({ contains: reading.content, count: 2 });
  await reading.has('part4');
  expect((await visitor.health()).store).toMatchObject({ ok: false, reason: trouble.reason });
  expect(await visitor.page()).toBe(true);
  const history = await visitor.history(before.sessionId);
  if (trouble.readable) expect(value(history).turns).toHaveLength(1);
  else
    expect(history).toMatchObject({
      status: 503,
      error: { code: 'store_unavailable', reason: trouble.reason },
    });
  const later = Visitor.words(`sent meanwhile ${crypto.randomUUID()}`);
  const refused = await visitor.send(later);
  if (refused.ok) throw new Error('A turn was acknowledged that could not be kept.');
  expect(refused).toMatchObject({
    status: 503,
    error: { code: 'store_unavailable', reason: trouble.reason },
  });
  lab.fake.release({ contains: reading.content });
  await reading.has('part5');

  await trouble.end();
  expect(await reading.ended).toBe('end');
  await eventually(
    () => visitor.health(),
    ({ store }) => store.ok,
  );
  const sent = value(
    await eventually(
      () => visitor.send(later),
      (answer) => answer.ok,
    ),
  );
  expect(await sent.ended).toBe('end');
  expect(sent.turn().status).toBe('done');
  expect(await lab.fake.asked(later.content)).toHaveLength(1);
  expect(value(await visitor.history(later.sessionId)).turns).toEqual([sent.turn()]);
  expect(value(await visitor.history(before.sessionId)).turns).toEqual([before.turn()]);
  const kept = value(await visitor.history(reading.sessionId));
  return {
    sees: [
      `The reply goes on. Above it: ${bannerWords(trouble.reason)}`,
      `On a new message: ${failureWords(refused.error, 'unsent')}`,
      `Later: ${replyWords(reading.turn())}`,
    ].join(' '),
    kept: `${keptWords(kept, reading.turn())} All turns before. The new message goes out once.`,
  };
}

/** A reply of which the first two parts have been read. */
export async function half(lab: Lab, visitor: Visitor) {
  const send = Visitor.words(`[[hold]] story ${crypto.randomUUID()}`);
  const reading = value(await visitor.send(send));
  await lab.fake.asked(send.content);
  lab.fake.release({ contains: send.content, count: 2 });
  await reading.has('part2');
  return reading;
}
