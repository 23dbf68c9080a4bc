import { describe, expect, it } from 'vitest';
import { ChatError } from '@/lib/chat/chat-error';
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
    await services.turnSwitch.pause();
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
    await services.turnSwitch.pause();
    expect(await run?.ended).toMatchObject({ status: 'done' });
  });

  it('is obeyed by every process, within three seconds', async () => {
    const { store } = await start();
    let now = 0;
    const here = new TurnSwitch(store, true, () => now);
    const there = new TurnSwitch(store, true, () => now);
    expect(await there.pausedSince()).toBeNull();
    now = 1_000;
    await here.pause();
    expect(await here.pausedSince()).toBe(1_000);
    now = 3_000;
    expect(await there.pausedSince()).toBe(1_000);
    now = 3_500;
    await here.resume();
    now = 6_000;
    expect(await there.pausedSince()).toBeNull();
  });

  it('costs one read for all turns of three seconds, and none where nobody can throw it', async () => {
    let reads = 0;
    const store: Pick<Store, 'setting' | 'putSetting'> = {
      async setting() {
        reads += 1;
        return null;
      },
      async putSetting() {},
    };
    const turnSwitch = new TurnSwitch(store, true, () => 0);
    await Promise.all(Array.from({ length: 20 }, () => turnSwitch.pausedSince()));
    expect(reads).toBe(1);
    await new TurnSwitch(store, false).pausedSince();
    expect(reads).toBe(1);
  });

  it('stays as it was last seen while the store fails', async () => {
    const { store } = await start();
    let now = 0;
    let failing = false;
    const flaky: Pick<Store, 'setting' | 'putSetting'> = {
      setting: (name) => (failing ? Promise.reject(new ChatError('store_unavailable')) : store.setting(name)),
      putSetting: (name, value) => store.putSetting(name, value),
    };
    const turnSwitch = new TurnSwitch(flaky, true, () => now);
    await turnSwitch.pause();
    failing = true;
    now = 10_000;
    expect(await turnSwitch.pausedSince()).toBe(0);
  });
});
