import { describe, expect, test } from 'vitest';
import type { ImageRef } from '@/lib/chat/turn';
import type { Store } from '../store';
import { idsOf, SessionClient } from './session-client';

const EMPTY = { session: null, total: 0, turns: [], versions: {}, userHashes: {}, nextBefore: null };

/** The paths a-b-c and a-b2-d, and the root a2, which is shown. */
async function branched(store: Store): Promise<SessionClient> {
  const client = new SessionClient(store);
  await client.addTurns('a', 'b', 'c');
  await client.addTurn('b2', { parentId: 'a' });
  await client.addTurn('d');
  await client.addTurn('a2', { parentId: null });
  return client;
}

export function historyContract(store: () => Store): void {
  describe('history', () => {
    test('tells an unknown session from an empty one', async () => {
      const client = new SessionClient(store());
      expect(await client.history()).toEqual(EMPTY);
      await client.addTurn('a');
      await store().clear(client.ref);
      expect(await client.history()).toEqual({ ...EMPTY, session: await client.session() });
      expect(await client.session()).toMatchObject({ headTurnId: null, headStatus: null, preview: '' });
    });

    test('pages from newest to oldest without gaps or duplicates', async () => {
      const client = new SessionClient(store());
      const ids = Array.from({ length: 7 }, (_, n) => `t${n}`);
      await client.addTurns(...ids);
      const newest = await client.history(3);
      expect(newest).toMatchObject({ total: 7, nextBefore: 't4' });
      expect(idsOf(newest.turns)).toEqual(['t4', 't5', 't6']);
      const middle = await client.history(3, 't4');
      expect(middle).toMatchObject({ total: 7, nextBefore: 't1' });
      expect(idsOf(middle.turns)).toEqual(['t1', 't2', 't3']);
      const oldest = await client.history(3, 't1');
      expect(oldest).toMatchObject({ total: 7, nextBefore: null });
      expect(idsOf(oldest.turns)).toEqual(['t0']);
      expect(await client.history(7)).toMatchObject({ nextBefore: null });
    });

    test('is empty before a turn that is not on the shown path', async () => {
      const client = await branched(store());
      for (const before of ['nobody', 'c'])
        expect(await client.history(3, before)).toMatchObject({ total: 1, turns: [], nextBefore: null });
    });

    test('returns the live turn with its lease', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      await client.mustBegin('b');
      const { turns, session } = await client.history();
      expect(session).toMatchObject({ activeTurnId: 'b' });
      expect(turns.map(({ lease }) => lease?.token ?? null)).toEqual([null, 'token-b']);
    });

    test('lists the versions of every turn of a page, oldest first', async () => {
      const client = await branched(store());
      expect((await client.history()).versions).toEqual({ a2: ['a', 'a2'] });
      await client.setHead('d');
      expect((await client.history()).versions).toEqual({ a: ['a', 'a2'], b2: ['b', 'b2'] });
    });

    test('gives versions the same hash exactly if their user messages have the same text and images', async () => {
      const client = new SessionClient(store());
      const images = (...ids: string[]): ImageRef[] =>
        ids.map((id) => ({ id, type: 'image/png', width: 1, height: 1 }));
      const messages: [string, ...string[]][] = [
        ['x'],
        ['y'],
        ['x', '1'],
        ['x', '2'],
        ['x', '1', '2'],
        ['\ud800'],
      ];
      for (const [n, [content, ...ids]] of [...messages, ...messages].entries())
        await client.addTurn(`t${n}`, { content, images: images(...ids), parentId: null });
      const { userHashes } = await client.history();
      const hashes = Array.from({ length: 12 }, (_, n) => userHashes[`t${n}`]);
      expect(hashes.slice(6)).toEqual(hashes.slice(0, 6));
      expect(new Set(hashes).size).toBe(6);
    });
  });

  describe('a change of the head', () => {
    test('goes down to the leaf that was last shown below the turn', async () => {
      const client = await branched(store());
      expect(await client.setHead('a')).toMatchObject({ kind: 'changed', session: { headTurnId: 'd' } });
      expect(await client.shownIds()).toEqual(['a', 'b2', 'd']);
      await client.setHead('b');
      expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
      await client.setHead('a2');
      expect(await client.shownIds()).toEqual(['a2']);
      await client.setHead('a');
      expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
      expect(await client.history()).toMatchObject({ total: 3, session: { headTurnId: 'c' } });
    });

    test('makes the next turn continue from there', async () => {
      const client = await branched(store());
      await client.setHead('c');
      expect((await client.addTurn('e')).path.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(await client.shownIds()).toEqual(['a', 'b', 'c', 'e']);
    });

    test("gives the session the new head's status", async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      await client.finish('a', '', 'failed');
      await client.addTurn('b', { parentId: null });
      expect(await client.setHead('a')).toMatchObject({ session: { headStatus: 'failed' } });
    });

    test('is refused while a turn is live, for an unknown turn, in an unknown session', async () => {
      const client = await branched(store());
      const nobody = new SessionClient(store());
      expect(await nobody.setHead('a')).toEqual({ kind: 'unknown' });
      const change = { headTurnId: 'nobody', title: 'not taken' };
      expect(await store().change({ ...client.ref, change })).toEqual({ kind: 'unknown_turn' });
      await client.mustBegin('e');
      expect(await client.setHead('a')).toEqual({ kind: 'busy', activeTurnId: 'e' });
      expect(await client.session()).toMatchObject({ title: 'title a', headTurnId: 'e' });
    });

    test('ends a page early where its turns are large, and the next page continues', async () => {
      const client = new SessionClient(store());
      const ids = Array.from({ length: 14 }, (_, n) => `t${n}`);
      for (const id of ids) {
        await client.mustBegin(id);
        await client.finish(id, 'x'.repeat(300_000));
      }
      const pages: string[][] = [];
      for (let before: string | undefined, more = true; more; ) {
        const page = await client.history(50, before);
        pages.unshift(idsOf(page.turns));
        expect(JSON.stringify(page.turns).length).toBeLessThan(2_100_000);
        expect(page.total).toBe(ids.length);
        before = page.nextBefore ?? undefined;
        more = page.nextBefore !== null;
      }
      expect(pages.map(({ length }) => length)).toEqual([2, 6, 6]);
      expect(pages.flat()).toEqual(ids);
    });

    test('has a turn that is larger than a page on a page of its own', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      await client.mustBegin('b');
      await client.finish('b', 'x'.repeat(2_500_000));
      await client.addTurn('c');
      const newest = await client.history();
      expect(idsOf(newest.turns)).toEqual(['c']);
      const large = await client.history(50, 'c');
      expect(idsOf(large.turns)).toEqual(['b']);
      expect(idsOf((await client.history(50, 'b')).turns)).toEqual(['a']);
    });
  });
}
