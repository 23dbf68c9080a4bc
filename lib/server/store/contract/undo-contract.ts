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
    test('leaves an empty session with its name, and can be undone', async () => {
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

    test('after its ten minutes there is nothing to undo', async () => {
      const client = await withTurns(store(), 'a');
      await store().clear(client.ref);
      client.now += UNDO_MS;
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
      expect(await client.shownIds()).toEqual([]);
    });

    test('a session that was cleared goes on from the start', async () => {
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

    test('restored after new turns, these are versions beside the old', async () => {
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

    test('the last clear is undone first, then the one before', async () => {
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

    test('clearing an empty session takes no undo away', async () => {
      const client = await withTurns(store(), 'a');
      const first = await store().clear(client.ref);
      client.now += 1_000;
      expect(await store().clear(client.ref)).toEqual(first);
      await store().restore(client.ref);
      expect(await client.shownIds()).toEqual(['a']);
    });

    test('a late retry of a send that was cleared finds its turn, and is not sent twice', async () => {
      const client = await withTurns(store(), 'a');
      const cleared = await client.turn('a');
      await store().clear(client.ref);
      expect(await client.begin('a')).toEqual({ kind: 'exists', stored: { turn: cleared, lease: null } });
      expect(await client.shownIds()).toEqual([]);
    });

    test('a producer of a cleared session writes nothing', async () => {
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

    test('after its ten minutes the session is gone', async () => {
      const client = await withTurns(store(), 'a');
      await store().remove(client.ref);
      client.now += UNDO_MS;
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    });

    test('a begin with its id makes a new session', async () => {
      const client = await withTurns(store(), 'a');
      await store().remove(client.ref);
      client.assistantId = 'teacher';
      expect(await client.mustBegin('b')).toMatchObject({ path: [], session: { title: 'title b' } });
      expect(await client.shownIds()).toEqual(['b']);
      await client.finish('b');
      // What was removed was another assistant's: the two do not mix.
      expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    });

    test('restored after new turns: they are versions, and its name is back', async () => {
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

    test('cleared, then removed: undone one after the other', async () => {
      const client = await withTurns(store(), 'a');
      await store().clear(client.ref);
      await store().remove(client.ref);
      await store().restore(client.ref);
      expect(await client.history()).toMatchObject({ session: { id: client.sessionId }, turns: [] });
      await store().restore(client.ref);
      expect(await client.shownIds()).toEqual(['a']);
    });

    test('an empty session restored beside new turns keeps them', async () => {
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

  test('a live turn is stopped first: until it is settled, nothing is cleared, removed or restored', async () => {
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

  test('nothing can be restored where nothing was taken away', async () => {
    const client = new SessionClient(store());
    expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
    expect(await store().clear(client.ref)).toEqual({ kind: 'unknown' });
    expect(await store().remove(client.ref)).toEqual({ kind: 'unknown' });
    await client.addTurn('a');
    expect(await store().restore(client.ref)).toEqual({ kind: 'unknown' });
  });
}
