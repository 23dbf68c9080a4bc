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
    test('hides it from pages, totals and context, and keeps its children', async () => {
      const client = await withTurns(store(), 'a', 'b', 'c');
      expect(await removeTurn(client, 'b')).toEqual({ kind: 'removed', undoUntil: client.now + UNDO_MS });
      expect(await client.shownIds()).toEqual(['a', 'c']);
      expect(await client.history(1)).toMatchObject({ total: 2, nextBefore: 'c' });
      expect(await client.history(5, 'c')).toMatchObject({ turns: [{ turn: { id: 'a' } }] });
      const begun = await client.mustBegin('d', { contextTurns: 2 });
      expect(begun.path.map(({ id }) => id)).toEqual(['a', 'c']);
      expect(begun).toMatchObject({ pathTotal: 2, turn: { parentId: 'c', depth: 3 } });
    });

    test('can be undone, and puts the turn back in its place', async () => {
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

    test('may empty the whole path, and the session still goes on', async () => {
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

    test('removes it from the versions', async () => {
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

    test('still hides it when its path is shown again', async () => {
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

    test('keeps the path above it when a child gets another version', async () => {
      const client = await withTurns(store(), 'a', 'b', 'c');
      await removeTurn(client, 'b');
      const begun = await client.addTurn('c2', { parentId: 'b' });
      expect(begun.path.map(({ id }) => id)).toEqual(['a']);
      expect(begun.pathTotal).toBe(1);
      expect(await client.shownIds()).toEqual(['a', 'c2']);
    });

    test('leaves the shown path alone when the turn is not on it', async () => {
      const client = await withTurns(store(), 'a', 'b');
      await client.addTurn('b2', { parentId: 'a' });
      await removeTurn(client, 'b');
      expect(await client.history()).toMatchObject({ total: 2, versions: {} });
      await restoreTurn(client, 'b');
      expect(await client.history()).toMatchObject({ total: 2, versions: { b2: ['b', 'b2'] } });
    });

    test('cannot be undone after ten minutes, when the text is gone for good', async () => {
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
      ['a read of the history', (client) => client.history()],
      ['a read of the session', (client) => client.session()],
      ['a read of another turn', (client) => client.turn('b')],
      ['a change', (client) => store().change({ ...client.ref, change: { title: 'x' } })],
      ['a new turn', (client) => client.addTurn('c')],
      ['another delete', (client) => removeTurn(client, 'b')],
      ['a late stop', (client) => store().requestStop(client.turnRef('a'))],
      ['a late save', (client) => client.write('a')],
    ])('blanks the text at the next access: %s', async (_, access) => {
      const client = await withTurns(store(), 'a', 'b');
      await removeTurn(client, 'a');
      const early = client.now;
      client.now += UNDO_MS;
      await access(client);
      // Read at an earlier time, so that this read does not blank it itself.
      client.now = early;
      expect(await client.turn('a')).toMatchObject({ user: { content: '' } });
    });

    test('ends at the same time when it is repeated', async () => {
      const client = await withTurns(store(), 'a');
      const first = await removeTurn(client, 'a');
      client.now += 5_000;
      expect(await removeTurn(client, 'a')).toEqual(first);
    });

    test('is refused for a live turn and for an unknown one', async () => {
      const client = await withTurns(store(), 'a');
      await client.mustBegin('b');
      const stored = { turn: await client.turn('b'), lease: await client.lease('b') };
      expect(await removeTurn(client, 'b')).toEqual({ kind: 'busy', stored });
      expect(await removeTurn(client, 'x')).toEqual({ kind: 'unknown' });
      expect(await restoreTurn(client, 'x')).toBeNull();
      expect(await removeTurn(new SessionClient(store()), 'a')).toEqual({ kind: 'unknown' });
      // Another turn of the session may be deleted while one is live.
      expect(await removeTurn(client, 'a')).toMatchObject({ kind: 'removed' });
      expect(await client.finish('b')).toMatchObject({ held: true });
      expect(await client.shownIds()).toEqual(['b']);
    });

    test('still lets a late retry find the turn', async () => {
      const client = await withTurns(store(), 'a');
      await removeTurn(client, 'a');
      expect(await client.begin('a')).toMatchObject({
        kind: 'exists',
        stored: { turn: { deletedAt: client.now } },
      });
    });

    test('survives when a restore moves the turn, and still runs out', async () => {
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

    test('survives a clear and its undo', async () => {
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
