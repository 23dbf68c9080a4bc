import { describe, expect, test } from 'vitest';
import { type Store, UNDO_MS } from '../store';
import { Talk } from './talk';

async function talked(store: Store, ...ids: string[]): Promise<Talk> {
  const talk = new Talk(store);
  await talk.sayAll(...ids);
  return talk;
}

export function removeTurnStories(store: () => Store): void {
  const removeTurn = (talk: Talk, id: string) => store().removeTurn(talk.turnRef(id));
  const restoreTurn = (talk: Talk, id: string) => store().restoreTurn(talk.turnRef(id));

  describe('delete of a turn', () => {
    test('hides it, counts it out, and leaves it out of the context; its children stay', async () => {
      const talk = await talked(store(), 'a', 'b', 'c');
      expect(await removeTurn(talk, 'b')).toEqual({ kind: 'removed', undoUntil: talk.now + UNDO_MS });
      expect(await talk.shown()).toEqual(['a', 'c']);
      expect(await talk.history(1)).toMatchObject({ total: 2, nextBefore: 'c' });
      expect(await talk.history(5, 'c')).toMatchObject({ turns: [{ turn: { id: 'a' } }] });
      const begun = await talk.begun('d', { contextTurns: 2 });
      expect(begun.path.map(({ id }) => id)).toEqual(['a', 'c']);
      expect(begun).toMatchObject({ pathTotal: 2, turn: { parentId: 'c', depth: 3 } });
    });

    test('can be undone, and undone where it stood', async () => {
      const talk = await talked(store(), 'a', 'b', 'c');
      const before = await talk.history();
      await removeTurn(talk, 'b');
      expect(await talk.stored('b')).toMatchObject({ deletedAt: talk.now });
      const at = talk.now;
      talk.now += UNDO_MS - 1;
      expect(await restoreTurn(talk, 'b')).toEqual({ turn: before.turns[1]?.turn, lease: null });
      expect(await talk.history()).toEqual(before);
      talk.now = at + 2 * UNDO_MS;
      expect(await talk.history()).toEqual(before);
    });

    test('the whole path can be deleted, and the talk goes on below', async () => {
      const talk = await talked(store(), 'a', 'b');
      await removeTurn(talk, 'a');
      await removeTurn(talk, 'b');
      expect(await talk.history()).toMatchObject({ total: 0, turns: [], session: { headTurnId: 'b' } });
      expect(await talk.say('c')).toMatchObject({
        turn: { parentId: 'b', depth: 2 },
        path: [],
        pathTotal: 0,
      });
      expect(await talk.shown()).toEqual(['c']);
      await restoreTurn(talk, 'a');
      expect(await talk.shown()).toEqual(['a', 'c']);
    });

    test('a deleted version is not offered', async () => {
      const talk = await talked(store(), 'a', 'b');
      await talk.say('b2', { parentId: 'a' });
      await talk.say('b3', { parentId: 'a' });
      await removeTurn(talk, 'b');
      expect((await talk.history()).versions).toEqual({ b3: ['b2', 'b3'] });
      await removeTurn(talk, 'b2');
      expect((await talk.history()).versions).toEqual({});
      await restoreTurn(talk, 'b');
      expect((await talk.history()).versions).toEqual({ b3: ['b', 'b3'] });
    });

    test('it stays hidden when its branch is shown again, and when another was begun above it', async () => {
      const talk = await talked(store(), 'a', 'b', 'c');
      await removeTurn(talk, 'b');
      await talk.say('b2', { parentId: 'a' });
      expect(await talk.history()).toMatchObject({ total: 2 });
      await talk.choose('c');
      expect(await talk.shown()).toEqual(['a', 'c']);
      expect(await talk.history()).toMatchObject({ total: 2 });
      await restoreTurn(talk, 'b');
      expect(await talk.shown()).toEqual(['a', 'b', 'c']);
    });

    test('a version beside a deleted parent of the path keeps the path', async () => {
      const talk = await talked(store(), 'a', 'b', 'c');
      await removeTurn(talk, 'b');
      const begun = await talk.say('c2', { parentId: 'b' });
      expect(begun.path.map(({ id }) => id)).toEqual(['a']);
      expect(begun.pathTotal).toBe(1);
      expect(await talk.shown()).toEqual(['a', 'c2']);
    });

    test('a turn off the shown path is deleted and restored without a trace on it', async () => {
      const talk = await talked(store(), 'a', 'b');
      await talk.say('b2', { parentId: 'a' });
      await removeTurn(talk, 'b');
      expect(await talk.history()).toMatchObject({ total: 2, versions: {} });
      await restoreTurn(talk, 'b');
      expect(await talk.history()).toMatchObject({ total: 2, versions: { b2: ['b', 'b2'] } });
    });

    test('after ten minutes its text is gone for good, and with it the undo', async () => {
      const talk = await talked(store(), 'a', 'b');
      await removeTurn(talk, 'a');
      talk.now += UNDO_MS;
      expect(await restoreTurn(talk, 'a')).toBeNull();
      expect(await talk.stored('a')).toMatchObject({
        user: { content: '', images: [] },
        reply: { content: '', reasoning: '', images: [], model: 'fake:model' },
        status: 'done',
        depth: 0,
      });
      expect(await removeTurn(talk, 'a')).toEqual({ kind: 'unknown' });
      expect(await talk.shown()).toEqual(['b']);
      expect(await talk.stored('b')).toMatchObject({ user: { content: 'says b' } });
    });

    test.each<[string, (talk: Talk) => Promise<unknown>]>([
      ['a look at the history', (talk) => talk.history()],
      ['a look at the session', (talk) => talk.session()],
      ['a look at a turn', (talk) => talk.stored('b')],
      ['a change', (talk) => store().change({ ...talk.ref, change: { title: 'x' } })],
      ['a new turn', (talk) => talk.say('c')],
      ['another delete', (talk) => removeTurn(talk, 'b')],
      ['a late stop', (talk) => store().requestStop(talk.turnRef('a'))],
      ['a late save', (talk) => talk.write('a')],
    ])('the access that blanks it may be %s', async (_, access) => {
      const talk = await talked(store(), 'a', 'b');
      await removeTurn(talk, 'a');
      const early = talk.now;
      talk.now += UNDO_MS;
      await access(talk);
      // Seen from before the end, so that this look is not the access itself.
      talk.now = early;
      expect(await talk.stored('a')).toMatchObject({ user: { content: '' } });
    });

    test('deleted twice, it has one end', async () => {
      const talk = await talked(store(), 'a');
      const first = await removeTurn(talk, 'a');
      talk.now += 5_000;
      expect(await removeTurn(talk, 'a')).toEqual(first);
    });

    test('a live turn is stopped first; an unknown one is unknown', async () => {
      const talk = await talked(store(), 'a');
      await talk.begun('b');
      const stored = { turn: await talk.stored('b'), lease: await talk.lease('b') };
      expect(await removeTurn(talk, 'b')).toEqual({ kind: 'busy', stored });
      expect(await removeTurn(talk, 'x')).toEqual({ kind: 'unknown' });
      expect(await restoreTurn(talk, 'x')).toBeNull();
      expect(await removeTurn(new Talk(store()), 'a')).toEqual({ kind: 'unknown' });
      // Another turn of the session may go while one is live.
      expect(await removeTurn(talk, 'a')).toMatchObject({ kind: 'removed' });
      expect(await talk.finish('b')).toMatchObject({ held: true });
      expect(await talk.shown()).toEqual(['b']);
    });

    test('its turn id still answers to a late retry', async () => {
      const talk = await talked(store(), 'a');
      await removeTurn(talk, 'a');
      expect(await talk.begin('a')).toMatchObject({
        kind: 'exists',
        stored: { turn: { deletedAt: talk.now } },
      });
    });

    test('a delete among turns that a restore makes versions stays, and ends in its time', async () => {
      const talk = await talked(store(), 'a', 'b');
      await store().clear(talk.ref);
      await talk.sayAll('c', 'd');
      await removeTurn(talk, 'c');
      await store().restore(talk.ref);
      expect((await talk.history()).versions).toEqual({});
      await talk.choose('d');
      expect(await talk.shown()).toEqual(['d']);
      talk.now += UNDO_MS;
      expect(await talk.stored('c')).toMatchObject({ user: { content: '' } });
    });

    test('a delete is kept by a clear and its undo', async () => {
      const talk = await talked(store(), 'a', 'b');
      await removeTurn(talk, 'a');
      await store().clear(talk.ref);
      await talk.sayAll('c', 'd');
      await removeTurn(talk, 'c');
      await store().restore(talk.ref);
      expect(await talk.shown()).toEqual(['b']);
      await talk.choose('d');
      expect(await talk.shown()).toEqual(['d']);
      expect(await restoreTurn(talk, 'a')).toMatchObject({ turn: { id: 'a' } });
      await restoreTurn(talk, 'c');
      expect((await talk.history()).versions).toEqual({ c: ['a', 'c'] });
      talk.now += UNDO_MS;
      expect(await talk.stored('a')).toMatchObject({ user: { content: 'says a' } });
    });
  });
}
