import { describe, expect, test } from 'vitest';
import { type Store, UNDO_MS } from '../store';
import { SessionClient } from './session-client';

async function withTurns(store: Store, ...ids: string[]): Promise<SessionClient> {
  const client = new SessionClient(store);
  await client.addTurns(...ids);
  return client;
}

export function removeTurnContract(store: () => Store): void {
  const removeTurn = (client: SessionClient, id: string) => store().removeTurn(client.turnRef(id));
  const restoreTurn = (client: SessionClient, id: string) => store().restoreTurn(client.turnRef(id));

  describe('delete of a turn', () => {
    test('hides it, counts it out, and leaves it out of the context; its children stay', async () => {
      const client = await withTurns(store(), 'a', 'b', 'c');
      expect(await removeTurn(client, 'b')).toEqual({ kind: 'removed', undoUntil: client.now + UNDO_MS });
      expect(await client.shownIds()).toEqual(['a', 'c']);
      expect(await client.history(1)).toMatchObject({ total: 2, nextBefore: 'c' });
      expect(await client.history(5, 'c')).toMatchObject({ turns: [{ turn: { id: 'a' } }] });
      const begun = await client.mustBegin('d', { contextTurns: 2 });
      expect(begun.path.map(({ id }) => id)).toEqual(['a', 'c']);
      expect(begun).toMatchObject({ pathTotal: 2, turn: { parentId: 'c', depth: 3 } });
    });

    test('can be undone, and undone where it stood', async () => {
      const client = await withTurns(store(), 'a', 'b', 'c');
      const before = await client.history();
      await removeTurn(client, 'b');
      expect(await client.turn('b')).toMatchObject({ deletedAt: client.now });
      const at = client.now;
      client.now += UNDO_MS - 1;
      expect(await restoreTurn(client, 'b')).toEqual({ turn: before.turns[1]?.turn, lease: null });
      expect(await client.history()).toEqual(before);
      client.now = at + 2 * UNDO_MS;
      expect(await client.history()).toEqual(before);
    });

    test('the whole path can be deleted, and the talk goes on below', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await removeTurn(client, 'a');
      await removeTurn(client, 'b');
      expect(await client.history()).toMatchObject({ total: 0, turns: [], session: { headTurnId: 'b' } });
      expect(await client.addTurn('c')).toMatchObject({
        turn: { parentId: 'b', depth: 2 },
        path: [],
        pathTotal: 0,
      });
      expect(await client.shownIds()).toEqual(['c']);
      await restoreTurn(client, 'a');
      expect(await client.shownIds()).toEqual(['a', 'c']);
    });

    test('a deleted version is not offered', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await client.addTurn('b2', { parentId: 'a' });
      await client.addTurn('b3', { parentId: 'a' });
      await removeTurn(client, 'b');
      expect((await client.history()).versions).toEqual({ b3: ['b2', 'b3'] });
      await removeTurn(client, 'b2');
      expect((await client.history()).versions).toEqual({});
      await restoreTurn(client, 'b');
      expect((await client.history()).versions).toEqual({ b3: ['b', 'b3'] });
    });

    test('it stays hidden when its branch is shown again, and when another was begun above it', async () => {
      const client = await withTurns(store(), 'a', 'b', 'c');
      await removeTurn(client, 'b');
      await client.addTurn('b2', { parentId: 'a' });
      expect(await client.history()).toMatchObject({ total: 2 });
      await client.setHead('c');
      expect(await client.shownIds()).toEqual(['a', 'c']);
      expect(await client.history()).toMatchObject({ total: 2 });
      await restoreTurn(client, 'b');
      expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    });

    test('a version beside a deleted parent of the path keeps the path', async () => {
      const client = await withTurns(store(), 'a', 'b', 'c');
      await removeTurn(client, 'b');
      const begun = await client.addTurn('c2', { parentId: 'b' });
      expect(begun.path.map(({ id }) => id)).toEqual(['a']);
      expect(begun.pathTotal).toBe(1);
      expect(await client.shownIds()).toEqual(['a', 'c2']);
    });

    test('a turn off the shown path is deleted and restored without a trace on it', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await client.addTurn('b2', { parentId: 'a' });
      await removeTurn(client, 'b');
      expect(await client.history()).toMatchObject({ total: 2, versions: {} });
      await restoreTurn(client, 'b');
      expect(await client.history()).toMatchObject({ total: 2, versions: { b2: ['b', 'b2'] } });
    });

    test('after ten minutes its text is gone for good, and with it the undo', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await removeTurn(client, 'a');
      client.now += UNDO_MS;
      expect(await restoreTurn(client, 'a')).toBeNull();
      expect(await client.turn('a')).toMatchObject({
        user: { content: '', images: [] },
        reply: { content: '', reasoning: '', images: [], model: 'fake:model' },
        status: 'done',
        depth: 0,
      });
      expect(await removeTurn(client, 'a')).toEqual({ kind: 'unknown' });
      expect(await client.shownIds()).toEqual(['b']);
      expect(await client.turn('b')).toMatchObject({ user: { content: 'says b' } });
    });

    test.each<[string, (client: SessionClient) => Promise<unknown>]>([
      ['a look at the history', (client) => client.history()],
      ['a look at the session', (client) => client.session()],
      ['a look at a turn', (client) => client.turn('b')],
      ['a change', (client) => store().change({ ...client.ref, change: { title: 'x' } })],
      ['a new turn', (client) => client.addTurn('c')],
      ['another delete', (client) => removeTurn(client, 'b')],
      ['a late stop', (client) => store().requestStop(client.turnRef('a'))],
      ['a late save', (client) => client.write('a')],
    ])('the access that blanks it may be %s', async (_, access) => {
      const client = await withTurns(store(), 'a', 'b');
      await removeTurn(client, 'a');
      const early = client.now;
      client.now += UNDO_MS;
      await access(client);
      // Seen from before the end, so that this look is not the access itself.
      client.now = early;
      expect(await client.turn('a')).toMatchObject({ user: { content: '' } });
    });

    test('deleted twice, it has one end', async () => {
      const client = await withTurns(store(), 'a');
      const first = await removeTurn(client, 'a');
      client.now += 5_000;
      expect(await removeTurn(client, 'a')).toEqual(first);
    });

    test('a live turn is stopped first; an unknown one is unknown', async () => {
      const client = await withTurns(store(), 'a');
      await client.mustBegin('b');
      const stored = { turn: await client.turn('b'), lease: await client.lease('b') };
      expect(await removeTurn(client, 'b')).toEqual({ kind: 'busy', stored });
      expect(await removeTurn(client, 'x')).toEqual({ kind: 'unknown' });
      expect(await restoreTurn(client, 'x')).toBeNull();
      expect(await removeTurn(new SessionClient(store()), 'a')).toEqual({ kind: 'unknown' });
      // Another turn of the session may go while one is live.
      expect(await removeTurn(client, 'a')).toMatchObject({ kind: 'removed' });
      expect(await client.finish('b')).toMatchObject({ held: true });
      expect(await client.shownIds()).toEqual(['b']);
    });

    test('its turn id still answers to a late retry', async () => {
      const client = await withTurns(store(), 'a');
      await removeTurn(client, 'a');
      expect(await client.begin('a')).toMatchObject({
        kind: 'exists',
        stored: { turn: { deletedAt: client.now } },
      });
    });

    test('a delete among turns that a restore makes versions stays, and ends in its time', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await store().clear(client.ref);
      await client.addTurns('c', 'd');
      await removeTurn(client, 'c');
      await store().restore(client.ref);
      expect((await client.history()).versions).toEqual({});
      await client.setHead('d');
      expect(await client.shownIds()).toEqual(['d']);
      client.now += UNDO_MS;
      expect(await client.turn('c')).toMatchObject({ user: { content: '' } });
    });

    test('a delete is kept by a clear and its undo', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await removeTurn(client, 'a');
      await store().clear(client.ref);
      await client.addTurns('c', 'd');
      await removeTurn(client, 'c');
      await store().restore(client.ref);
      expect(await client.shownIds()).toEqual(['b']);
      await client.setHead('d');
      expect(await client.shownIds()).toEqual(['d']);
      expect(await restoreTurn(client, 'a')).toMatchObject({ turn: { id: 'a' } });
      await restoreTurn(client, 'c');
      expect((await client.history()).versions).toEqual({ c: ['a', 'c'] });
      client.now += UNDO_MS;
      expect(await client.turn('a')).toMatchObject({ user: { content: 'says a' } });
    });
  });
}
