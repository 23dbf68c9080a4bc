import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { DAY_MS, Talk } from './talk';

export function expiryStories(store: () => Store): void {
  describe('the end of a session', () => {
    test('every turn puts it off', async () => {
      const talk = new Talk(store());
      await talk.say('a', { ttlMs: DAY_MS });
      talk.now += 1_000;
      expect((await talk.say('b', { ttlMs: DAY_MS })).session.expiresAt).toBe(talk.now + DAY_MS);
    });

    test('from its end on, it is unknown as a whole', async () => {
      const talk = new Talk(store());
      await talk.say('a', { ttlMs: DAY_MS });
      await talk.begun('b', { ttlMs: DAY_MS });
      talk.now += DAY_MS - 1;
      expect(await talk.shown()).toEqual(['a', 'b']);
      talk.now += 1;
      expect(await talk.session()).toBeNull();
      expect(await talk.history()).toMatchObject({ session: null, turns: [], total: 0 });
      expect(await store().turn(talk.turnRef('a'))).toBeNull();
      expect(await talk.write('b')).toEqual({ held: false, stored: null });
      expect(await store().requestStop(talk.turnRef('b'))).toBeNull();
      expect(await talk.choose('a')).toEqual({ kind: 'unknown' });
      expect(await store().remove(talk.ref)).toEqual({ kind: 'unknown' });
      expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
    });

    test('a begin after it makes a new session, with nothing of the old', async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b');
      await store().change({ ...talk.ref, change: { title: 'Old', pinned: true, ttlMs: DAY_MS } });
      await store().clear(talk.ref);
      await talk.say('c');
      talk.now += 2 * DAY_MS;
      talk.assistantId = 'teacher';
      const begun = await talk.say('a');
      expect(begun).toMatchObject({
        path: [],
        pathTotal: 0,
        session: { title: 'title a', pinned: false, createdAt: talk.now, expiresAt: talk.now + 30 * DAY_MS },
      });
      expect(await talk.history()).toMatchObject({ total: 1, versions: {} });
      expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
      expect(await store().sessions({ ...talk.ref, limit: 5 })).toMatchObject({ total: 1 });
    });

    test('null keeps it for ever', async () => {
      const talk = new Talk(store());
      expect((await talk.say('a', { ttlMs: null })).session.expiresAt).toBeNull();
      talk.now += 10_000 * DAY_MS;
      expect(await talk.shown()).toEqual(['a']);
      expect(await store().sessions({ ...talk.ref, limit: 5 })).toMatchObject({ total: 1 });
    });

    test('a choice of its own outlives the next turns', async () => {
      const talk = new Talk(store());
      await talk.say('a');
      const keepFor = (ttlMs: number | null) => store().change({ ...talk.ref, change: { ttlMs } });
      expect(await keepFor(DAY_MS)).toMatchObject({ session: { expiresAt: talk.now + DAY_MS } });
      talk.now += 1_000;
      expect((await talk.say('b')).session.expiresAt).toBe(talk.now + DAY_MS);
      expect(await keepFor(null)).toMatchObject({ session: { expiresAt: null } });
      expect((await talk.say('c')).session.expiresAt).toBeNull();
      await store().clear(talk.ref);
      expect((await talk.say('d')).session.expiresAt).toBeNull();
    });

    test('a short choice on an old session does not end it at once', async () => {
      const talk = new Talk(store());
      await talk.say('a');
      talk.now += 5 * DAY_MS;
      await store().change({ ...talk.ref, change: { ttlMs: DAY_MS } });
      expect(await talk.session()).toMatchObject({ expiresAt: talk.now + DAY_MS });
    });
  });
}
