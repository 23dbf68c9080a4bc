import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { DAY_MS, SessionClient } from './session-client';

export function expiryContract(store: () => Store): void {
  describe('the expiry of a session', () => {
    test('is renewed by every turn', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a', { ttlMs: DAY_MS });
      client.now += 1_000;
      expect((await client.addTurn('b', { ttlMs: DAY_MS })).session.expiresAt).toBe(client.now + DAY_MS);
    });

    test('makes the whole session unknown', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a', { ttlMs: DAY_MS });
      await client.mustBegin('b', { ttlMs: DAY_MS });
      client.now += DAY_MS - 1;
      expect(await client.shownIds()).toEqual(['a', 'b']);
      client.now += 1;
      expect(await client.session()).toBeNull();
      expect(await client.history()).toMatchObject({ session: null, turns: [], total: 0 });
      expect(await store().turn(client.turnRef('a'))).toBeNull();
      expect(await client.write('b')).toEqual({ held: false, stored: null });
      expect(await store().requestStop(client.turnRef('b'))).toBeNull();
      expect(await client.setHead('a')).toEqual({ kind: 'unknown' });
      expect(await store().remove(client.ref)).toEqual({ kind: 'unknown' });
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    });

    test('leaves nothing of the old session to a later begin', async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b');
      await store().change({ ...client.ref, change: { title: 'Old', pinned: true, ttlMs: DAY_MS } });
      await store().clear(client.ref);
      await client.addTurn('c');
      client.now += 2 * DAY_MS;
      client.assistantId = 'teacher';
      const begun = await client.addTurn('a');
      expect(begun).toMatchObject({
        path: [],
        pathTotal: 0,
        session: {
          title: 'title a',
          pinned: false,
          createdAt: client.now,
          expiresAt: client.now + 30 * DAY_MS,
        },
      });
      expect(await client.history()).toMatchObject({ total: 1, versions: {} });
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
      expect(await store().sessions({ ...client.ref, limit: 5 })).toMatchObject({ total: 1 });
    });

    test('never happens with a TTL of null', async () => {
      const client = new SessionClient(store());
      expect((await client.addTurn('a', { ttlMs: null })).session.expiresAt).toBeNull();
      client.now += 10_000 * DAY_MS;
      expect(await client.shownIds()).toEqual(['a']);
      expect(await store().sessions({ ...client.ref, limit: 5 })).toMatchObject({ total: 1 });
    });

    test("follows the session's own TTL in later turns", async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      const keepFor = (ttlMs: number | null) => store().change({ ...client.ref, change: { ttlMs } });
      expect(await keepFor(DAY_MS)).toMatchObject({ session: { expiresAt: client.now + DAY_MS } });
      client.now += 1_000;
      expect((await client.addTurn('b')).session.expiresAt).toBe(client.now + DAY_MS);
      expect(await keepFor(null)).toMatchObject({ session: { expiresAt: null } });
      expect((await client.addTurn('c')).session.expiresAt).toBeNull();
      await store().clear(client.ref);
      expect((await client.addTurn('d')).session.expiresAt).toBeNull();
    });

    test('does not happen at once when an old session gets a short TTL', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      client.now += 5 * DAY_MS;
      await store().change({ ...client.ref, change: { ttlMs: DAY_MS } });
      expect(await client.session()).toMatchObject({ expiresAt: client.now + DAY_MS });
    });
  });
}
