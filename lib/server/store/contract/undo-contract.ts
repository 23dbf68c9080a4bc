import { describe, expect, test } from 'vitest';
import { type Store, UNDO_MS } from '../store';
import { LEASE_MS, SessionClient } from './session-client';

async function withTurns(store: Store, ...ids: string[]): Promise<SessionClient> {
  const client = new SessionClient(store);
  await client.addTurns(...ids);
  return client;
}

export function undoContract(store: () => Store): void {
  describe('clear', () => {
    test('leaves an empty session with its title, and can be undone', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await store().change({ ...client.ref, change: { title: 'Mine', pinned: true } });
      const before = await client.session();
      expect(await store().clear(client.ref)).toEqual({ kind: 'removed', undoUntil: client.now + UNDO_MS });
      expect(await client.session()).toEqual({ ...before, headTurnId: null, headStatus: null, preview: '' });
      expect(await client.shownIds()).toEqual([]);
      expect(await store().turn(client.turnRef('a'))).toBeNull();
      client.now += UNDO_MS - 1;
      expect(await store().restore(client.ref)).toEqual({ kind: 'changed', session: before });
      expect(await client.shownIds()).toEqual(['a', 'b']);
    });

    test('cannot be undone after ten minutes', async () => {
      const client = await withTurns(store(), 'a');
      await store().clear(client.ref);
      client.now += UNDO_MS;
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
      expect(await client.shownIds()).toEqual([]);
    });

    test('lets the session start again from a root', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await store().clear(client.ref);
      expect(await client.addTurn('c')).toMatchObject({
        turn: { parentId: null, depth: 0 },
        path: [],
        pathTotal: 0,
      });
      expect(await client.history()).toMatchObject({ total: 1, versions: {} });
      expect(await client.begin('d', { parentId: 'b' })).toEqual({ kind: 'unknown_parent' });
    });

    test('keeps newer turns as versions when it is undone', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await store().clear(client.ref);
      await client.addTurns('c', 'd');
      await client.addTurn('c2', { parentId: null });
      await store().change({ ...client.ref, change: { title: 'New' } });
      expect(await store().restore(client.ref)).toMatchObject({
        kind: 'changed',
        session: { headTurnId: 'b', title: 'New' },
      });
      expect(await client.history()).toMatchObject({ total: 2, versions: { a: ['a', 'c', 'c2'] } });
      await client.setHead('c');
      expect(await client.shownIds()).toEqual(['c', 'd']);
      await client.setHead('a');
      expect(await client.shownIds()).toEqual(['a', 'b']);
      await client.addTurn('e');
      expect(await client.shownIds()).toEqual(['a', 'b', 'e']);
    });

    test('is undone in reverse order when there were several', async () => {
      const client = await withTurns(store(), 'a');
      await store().clear(client.ref);
      await client.addTurn('b');
      await store().clear(client.ref);
      await store().restore(client.ref);
      expect(await client.shownIds()).toEqual(['b']);
      await store().restore(client.ref);
      expect((await client.history()).versions).toEqual({ a: ['a', 'b'] });
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    });

    test('of an empty session keeps the earlier undo', async () => {
      const client = await withTurns(store(), 'a');
      const first = await store().clear(client.ref);
      client.now += 1_000;
      expect(await store().clear(client.ref)).toEqual(first);
      await store().restore(client.ref);
      expect(await client.shownIds()).toEqual(['a']);
    });

    test('lets a late retry find its cleared turn, so that it is not sent twice', async () => {
      const client = await withTurns(store(), 'a');
      const cleared = await client.turn('a');
      await store().clear(client.ref);
      expect(await client.begin('a')).toEqual({ kind: 'exists', stored: { turn: cleared, lease: null } });
      expect(await client.shownIds()).toEqual([]);
    });

    test('refuses later writes of a producer', async () => {
      const client = await withTurns(store(), 'a');
      await client.mustBegin('b');
      const live = await client.turn('b');
      await client.finish('b', '', 'stopped');
      await store().clear(client.ref);
      expect(await client.write('b', { turn: live })).toEqual({ held: false, stored: null });
    });
  });

  describe('remove', () => {
    test('hides the session with its turns, and can be undone', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await store().change({ ...client.ref, change: { title: 'Mine', pinned: true } });
      const before = await client.session();
      expect(await store().remove(client.ref)).toEqual({ kind: 'removed', undoUntil: client.now + UNDO_MS });
      expect(await client.session()).toBeNull();
      expect(await client.history()).toMatchObject({ session: null, turns: [], total: 0 });
      expect(await store().turn(client.turnRef('a'))).toBeNull();
      expect(await store().sessions({ ...client.ref, limit: 5 })).toMatchObject({ sessions: [], total: 0 });
      expect(await store().remove(client.ref)).toEqual({ kind: 'unknown' });
      expect(await store().clear(client.ref)).toEqual({ kind: 'unknown' });
      expect(await store().change({ ...client.ref, change: { title: 'x' } })).toEqual({ kind: 'unknown' });
      client.now += UNDO_MS - 1;
      expect(await store().restore(client.ref)).toEqual({ kind: 'changed', session: before });
      expect(await client.shownIds()).toEqual(['a', 'b']);
      expect(await store().sessions({ ...client.ref, limit: 5 })).toMatchObject({
        sessions: [before],
        total: 1,
      });
    });

    test('cannot be undone after ten minutes', async () => {
      const client = await withTurns(store(), 'a');
      await store().remove(client.ref);
      client.now += UNDO_MS;
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    });

    test('lets a begin with the same id create a new session', async () => {
      const client = await withTurns(store(), 'a');
      await store().remove(client.ref);
      client.assistantId = 'teacher';
      expect(await client.mustBegin('b')).toMatchObject({ path: [], session: { title: 'title b' } });
      expect(await client.shownIds()).toEqual(['b']);
      await client.finish('b');
      // The removed session had another assistant, so the two cannot be merged.
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    });

    test('keeps newer turns as versions when it is undone, and brings the title back', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await store().change({ ...client.ref, change: { title: 'Mine', pinned: true } });
      await store().remove(client.ref);
      await client.addTurn('c');
      expect(await store().restore(client.ref)).toMatchObject({
        session: { title: 'Mine', pinned: true, headTurnId: 'b' },
      });
      expect((await client.history()).versions).toEqual({ a: ['a', 'c'] });
      expect(await store().sessions({ ...client.ref, limit: 5 })).toMatchObject({ total: 1 });
    });

    test('can be undone before an earlier clear is', async () => {
      const client = await withTurns(store(), 'a');
      await store().clear(client.ref);
      await store().remove(client.ref);
      await store().restore(client.ref);
      expect(await client.history()).toMatchObject({ session: { id: client.sessionId }, turns: [] });
      await store().restore(client.ref);
      expect(await client.shownIds()).toEqual(['a']);
    });

    test('of an empty session keeps newer turns when it is undone', async () => {
      const client = await withTurns(store(), 'a');
      await store().clear(client.ref);
      await store().remove(client.ref);
      await client.addTurns('b', 'c');
      await store().restore(client.ref);
      expect(await client.shownIds()).toEqual(['b', 'c']);
      await store().restore(client.ref);
      expect((await client.history()).versions).toEqual({ a: ['a', 'b'] });
      await client.setHead('b');
      expect(await client.shownIds()).toEqual(['b', 'c']);
    });
  });

  test('refuses to clear, remove or restore while a turn is live', async () => {
    const client = await withTurns(store(), 'a');
    await store().clear(client.ref);
    await client.mustBegin('b');
    const stored = { turn: await client.turn('b'), lease: await client.lease('b') };
    expect(await store().clear(client.ref)).toEqual({ kind: 'busy', stored });
    expect(await store().remove(client.ref)).toEqual({ kind: 'busy', stored });
    expect(await store().restore(client.ref)).toEqual({ kind: 'busy', activeTurnId: 'b' });
    client.now += LEASE_MS;
    await client.finish('b', '', 'interrupted');
    expect(await store().remove(client.ref)).toMatchObject({ kind: 'removed' });
  });

  test('has nothing to restore where nothing was cleared or removed', async () => {
    const client = new SessionClient(store());
    expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    expect(await store().clear(client.ref)).toEqual({ kind: 'unknown' });
    expect(await store().remove(client.ref)).toEqual({ kind: 'unknown' });
    await client.addTurn('a');
    expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
  });
}
