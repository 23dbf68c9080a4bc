import { describe, expect, it, vi } from 'vitest';
import { parseSend } from '@/lib/server/http/request-schemas';
import type { Services } from '@/lib/server/services';
import type { Store } from '@/lib/server/store/store';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from './begin-turn';
import { TurnSwitch } from './turn-switch';

const start = (store?: Store) =>
  openTestServices({ ADMIN_TOKEN: 'admin-token-of-the-test' }, store ? { store } : {});

let turns = 0;
const send = (services: Services) => {
  turns += 1;
  const ids = { sessionId: `s-${turns}`, turnId: `t-${turns}` };
  return beginTurn(services, 'me', parseSend({ ...ids, assistantId: 'teacher', content: 'Hello' }), 'en');
};

describe('the stop switch for new turns', () => {
  it('refuses a new turn in words, and says when to ask again', async () => {
    const services = await start();
    await services.turnSwitch.pause(0);
    await expect(send(services)).rejects.toMatchObject({
      code: 'paused',
      message: expect.stringContaining('paused'),
      retryAfterMs: expect.any(Number),
    });
    await services.turnSwitch.resume();
    const { run } = await send(services);
    expect(await run?.ended).toMatchObject({ status: 'done' });
  });

  it('lets a reply that is running finish', async () => {
    const services = await start();
    const { run } = await send(services);
    await services.turnSwitch.pause(0);
    expect(await run?.ended).toMatchObject({ status: 'done' });
  });

  it('is obeyed by every process at once', async () => {
    const here = await start();
    const there = await start(here.store);
    await (await send(there)).run?.ended;
    await here.turnSwitch.pause(1_000);
    expect(await there.turnSwitch.pausedSince()).toBe(1_000);
    await expect(send(there)).rejects.toMatchObject({ code: 'paused' });
    await here.turnSwitch.pause(2_000);
    expect(await there.turnSwitch.pausedSince()).toBe(1_000);
    await here.turnSwitch.resume();
    expect(await (await send(there)).run?.ended).toMatchObject({ status: 'done' });
  });

  it('lets a turn be sent again that had begun before', async () => {
    const services = await start();
    const again = { sessionId: 's', turnId: 't', assistantId: 'teacher', content: 'Hello' };
    const first = await beginTurn(services, 'me', parseSend(again), 'en');
    await first.run?.ended;
    await services.turnSwitch.pause(0);
    expect((await beginTurn(services, 'me', parseSend(again), 'en')).run).toBeNull();
  });

  it('asks the store nothing by itself when a turn begins', async () => {
    const services = await start();
    const asked = vi.spyOn(services.store, 'setting');
    await (await send(services)).run?.ended;
    expect(asked).not.toHaveBeenCalled();
    expect(await new TurnSwitch(services.store, false).pausedSince()).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });
});
