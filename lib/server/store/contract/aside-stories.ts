import { describe, expect, test } from 'vitest';
import { type Store, UNDO_MS } from '../store';
import { LEASE_MS, Talk } from './talk';

async function talked(store: Store, ...ids: string[]): Promise<Talk> {
  const talk = new Talk(store);
  await talk.sayAll(...ids);
  return talk;
}

export function asideStories(store: () => Store): void {
  describe('clear', () => {
    test('leaves an empty session with its name, and can be undone', async () => {
      const talk = await talked(store(), 'a', 'b');
      await store().change({ ...talk.ref, change: { title: 'Mine', pinned: true } });
      const before = await talk.session();
      expect(await store().clear(talk.ref)).toEqual({ kind: 'removed', undoUntil: talk.now + UNDO_MS });
      expect(await talk.session()).toEqual({ ...before, headTurnId: null, headStatus: null, preview: '' });
      expect(await talk.shown()).toEqual([]);
      expect(await store().turn(talk.turnRef('a'))).toBeNull();
      talk.now += UNDO_MS - 1;
      expect(await store().restore(talk.ref)).toEqual({ kind: 'changed', session: before });
      expect(await talk.shown()).toEqual(['a', 'b']);
    });

    test('after its ten minutes there is nothing to undo', async () => {
      const talk = await talked(store(), 'a');
      await store().clear(talk.ref);
      talk.now += UNDO_MS;
      expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
      expect(await talk.shown()).toEqual([]);
    });

    test('a session that was cleared goes on from the start', async () => {
      const talk = await talked(store(), 'a', 'b');
      await store().clear(talk.ref);
      expect(await talk.say('c')).toMatchObject({
        turn: { parentId: null, depth: 0 },
        path: [],
        pathTotal: 0,
      });
      expect(await talk.history()).toMatchObject({ total: 1, versions: {} });
      expect(await talk.begin('d', { parentId: 'b' })).toEqual({ kind: 'unknown_parent' });
    });

    test('restored after new turns, these are versions beside the old', async () => {
      const talk = await talked(store(), 'a', 'b');
      await store().clear(talk.ref);
      await talk.sayAll('c', 'd');
      await talk.say('c2', { parentId: null });
      await store().change({ ...talk.ref, change: { title: 'New' } });
      expect(await store().restore(talk.ref)).toMatchObject({
        kind: 'changed',
        session: { headTurnId: 'b', title: 'New' },
      });
      expect(await talk.history()).toMatchObject({ total: 2, versions: { a: ['a', 'c', 'c2'] } });
      await talk.choose('c');
      expect(await talk.shown()).toEqual(['c', 'd']);
      await talk.choose('a');
      expect(await talk.shown()).toEqual(['a', 'b']);
      await talk.say('e');
      expect(await talk.shown()).toEqual(['a', 'b', 'e']);
    });

    test('the last clear is undone first, then the one before', async () => {
      const talk = await talked(store(), 'a');
      await store().clear(talk.ref);
      await talk.say('b');
      await store().clear(talk.ref);
      await store().restore(talk.ref);
      expect(await talk.shown()).toEqual(['b']);
      await store().restore(talk.ref);
      expect((await talk.history()).versions).toEqual({ a: ['a', 'b'] });
      expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
    });

    test('clearing an empty session takes no undo away', async () => {
      const talk = await talked(store(), 'a');
      const first = await store().clear(talk.ref);
      talk.now += 1_000;
      expect(await store().clear(talk.ref)).toEqual(first);
      await store().restore(talk.ref);
      expect(await talk.shown()).toEqual(['a']);
    });

    test('a late retry of a send that was cleared finds its turn, and is not sent twice', async () => {
      const talk = await talked(store(), 'a');
      const cleared = await talk.stored('a');
      await store().clear(talk.ref);
      expect(await talk.begin('a')).toEqual({ kind: 'exists', stored: { turn: cleared, lease: null } });
      expect(await talk.shown()).toEqual([]);
    });

    test('a producer of a cleared session writes nothing', async () => {
      const talk = await talked(store(), 'a');
      await talk.begun('b');
      const live = await talk.stored('b');
      await talk.finish('b', '', 'stopped');
      await store().clear(talk.ref);
      expect(await talk.write('b', { turn: live })).toEqual({ held: false, stored: null });
    });
  });

  describe('remove', () => {
    test('hides the session with its turns, and can be undone', async () => {
      const talk = await talked(store(), 'a', 'b');
      await store().change({ ...talk.ref, change: { title: 'Mine', pinned: true } });
      const before = await talk.session();
      expect(await store().remove(talk.ref)).toEqual({ kind: 'removed', undoUntil: talk.now + UNDO_MS });
      expect(await talk.session()).toBeNull();
      expect(await talk.history()).toMatchObject({ session: null, turns: [], total: 0 });
      expect(await store().turn(talk.turnRef('a'))).toBeNull();
      expect(await store().sessions({ ...talk.ref, limit: 5 })).toMatchObject({ sessions: [], total: 0 });
      expect(await store().remove(talk.ref)).toEqual({ kind: 'unknown' });
      expect(await store().clear(talk.ref)).toEqual({ kind: 'unknown' });
      expect(await store().change({ ...talk.ref, change: { title: 'x' } })).toEqual({ kind: 'unknown' });
      talk.now += UNDO_MS - 1;
      expect(await store().restore(talk.ref)).toEqual({ kind: 'changed', session: before });
      expect(await talk.shown()).toEqual(['a', 'b']);
      expect(await store().sessions({ ...talk.ref, limit: 5 })).toMatchObject({
        sessions: [before],
        total: 1,
      });
    });

    test('after its ten minutes the session is gone', async () => {
      const talk = await talked(store(), 'a');
      await store().remove(talk.ref);
      talk.now += UNDO_MS;
      expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
    });

    test('a begin with its id makes a new session', async () => {
      const talk = await talked(store(), 'a');
      await store().remove(talk.ref);
      talk.assistantId = 'teacher';
      expect(await talk.begun('b')).toMatchObject({ path: [], session: { title: 'title b' } });
      expect(await talk.shown()).toEqual(['b']);
      await talk.finish('b');
      // What was removed was another assistant's: the two do not mix.
      expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
    });

    test('restored after new turns: they are versions, and its name is back', async () => {
      const talk = await talked(store(), 'a', 'b');
      await store().change({ ...talk.ref, change: { title: 'Mine', pinned: true } });
      await store().remove(talk.ref);
      await talk.say('c');
      expect(await store().restore(talk.ref)).toMatchObject({
        session: { title: 'Mine', pinned: true, headTurnId: 'b' },
      });
      expect((await talk.history()).versions).toEqual({ a: ['a', 'c'] });
      expect(await store().sessions({ ...talk.ref, limit: 5 })).toMatchObject({ total: 1 });
    });

    test('cleared, then removed: undone one after the other', async () => {
      const talk = await talked(store(), 'a');
      await store().clear(talk.ref);
      await store().remove(talk.ref);
      await store().restore(talk.ref);
      expect(await talk.history()).toMatchObject({ session: { id: talk.sessionId }, turns: [] });
      await store().restore(talk.ref);
      expect(await talk.shown()).toEqual(['a']);
    });

    test('an empty session restored beside new turns keeps them', async () => {
      const talk = await talked(store(), 'a');
      await store().clear(talk.ref);
      await store().remove(talk.ref);
      await talk.sayAll('b', 'c');
      await store().restore(talk.ref);
      expect(await talk.shown()).toEqual(['b', 'c']);
      await store().restore(talk.ref);
      expect((await talk.history()).versions).toEqual({ a: ['a', 'b'] });
      await talk.choose('b');
      expect(await talk.shown()).toEqual(['b', 'c']);
    });
  });

  test('a live turn is stopped first: until it is settled, nothing is cleared, removed or restored', async () => {
    const talk = await talked(store(), 'a');
    await store().clear(talk.ref);
    await talk.begun('b');
    const stored = { turn: await talk.stored('b'), lease: await talk.lease('b') };
    expect(await store().clear(talk.ref)).toEqual({ kind: 'busy', stored });
    expect(await store().remove(talk.ref)).toEqual({ kind: 'busy', stored });
    expect(await store().restore(talk.ref)).toEqual({ kind: 'busy', activeTurnId: 'b' });
    talk.now += LEASE_MS;
    await talk.finish('b', '', 'interrupted');
    expect(await store().remove(talk.ref)).toMatchObject({ kind: 'removed' });
  });

  test('nothing can be restored where nothing was taken away', async () => {
    const talk = new Talk(store());
    expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
    expect(await store().clear(talk.ref)).toEqual({ kind: 'unknown' });
    expect(await store().remove(talk.ref)).toEqual({ kind: 'unknown' });
    await talk.say('a');
    expect(await store().restore(talk.ref)).toEqual({ kind: 'unknown' });
  });
}
