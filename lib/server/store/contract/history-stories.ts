import { describe, expect, test } from 'vitest';
import type { ImageRef } from '@/lib/chat/turn';
import type { Store } from '../store';
import { idsOf, Talk } from './talk';

const EMPTY = { session: null, total: 0, turns: [], versions: {}, userHashes: {}, nextBefore: null };

/** a - b - c, a - b2 - d, a2: shown is a2. */
async function branched(store: Store): Promise<Talk> {
  const talk = new Talk(store);
  await talk.sayAll('a', 'b', 'c');
  await talk.say('b2', { parentId: 'a' });
  await talk.say('d');
  await talk.say('a2', { parentId: null });
  return talk;
}

export function historyStories(store: () => Store): void {
  describe('history', () => {
    test('an unknown session is told from an empty one', async () => {
      const talk = new Talk(store());
      expect(await talk.history()).toEqual(EMPTY);
      await talk.say('a');
      await store().clear(talk.ref);
      expect(await talk.history()).toEqual({ ...EMPTY, session: await talk.session() });
      expect(await talk.session()).toMatchObject({ headTurnId: null, headStatus: null, preview: '' });
    });

    test('pages join without a gap or a double, newest page first', async () => {
      const talk = new Talk(store());
      const ids = Array.from({ length: 7 }, (_, n) => `t${n}`);
      await talk.sayAll(...ids);
      const newest = await talk.history(3);
      expect(newest).toMatchObject({ total: 7, nextBefore: 't4' });
      expect(idsOf(newest.turns)).toEqual(['t4', 't5', 't6']);
      const middle = await talk.history(3, 't4');
      expect(middle).toMatchObject({ total: 7, nextBefore: 't1' });
      expect(idsOf(middle.turns)).toEqual(['t1', 't2', 't3']);
      const oldest = await talk.history(3, 't1');
      expect(oldest).toMatchObject({ total: 7, nextBefore: null });
      expect(idsOf(oldest.turns)).toEqual(['t0']);
      expect(await talk.history(7)).toMatchObject({ nextBefore: null });
    });

    test('before a turn that is not on the shown path there is nothing', async () => {
      const talk = await branched(store());
      for (const before of ['nobody', 'c'])
        expect(await talk.history(3, before)).toMatchObject({ total: 1, turns: [], nextBefore: null });
    });

    test('the live turn comes with its lease', async () => {
      const talk = new Talk(store());
      await talk.say('a');
      await talk.begun('b');
      const { turns, session } = await talk.history();
      expect(session).toMatchObject({ activeTurnId: 'b' });
      expect(turns.map(({ lease }) => lease?.token ?? null)).toEqual([null, 'token-b']);
    });

    test('every turn of the page names its versions, oldest first', async () => {
      const talk = await branched(store());
      expect((await talk.history()).versions).toEqual({ a2: ['a', 'a2'] });
      await talk.choose('d');
      expect((await talk.history()).versions).toEqual({ a: ['a', 'a2'], b2: ['b', 'b2'] });
    });

    test('versions have the same hash exactly if their user messages have the same text and images', async () => {
      const talk = new Talk(store());
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
        await talk.say(`t${n}`, { content, images: images(...ids), parentId: null });
      const { userHashes } = await talk.history();
      const hashes = Array.from({ length: 12 }, (_, n) => userHashes[`t${n}`]);
      expect(hashes.slice(6)).toEqual(hashes.slice(0, 6));
      expect(new Set(hashes).size).toBe(6);
    });
  });

  describe('the choice of a head', () => {
    test('goes down to the leaf that was last shown below it', async () => {
      const talk = await branched(store());
      expect(await talk.choose('a')).toMatchObject({ kind: 'changed', session: { headTurnId: 'd' } });
      expect(await talk.shown()).toEqual(['a', 'b2', 'd']);
      await talk.choose('b');
      expect(await talk.shown()).toEqual(['a', 'b', 'c']);
      await talk.choose('a2');
      expect(await talk.shown()).toEqual(['a2']);
      await talk.choose('a');
      expect(await talk.shown()).toEqual(['a', 'b', 'c']);
      expect(await talk.history()).toMatchObject({ total: 3, session: { headTurnId: 'c' } });
    });

    test('the next turn answers after it', async () => {
      const talk = await branched(store());
      await talk.choose('c');
      expect((await talk.say('e')).path.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(await talk.shown()).toEqual(['a', 'b', 'c', 'e']);
    });

    test('it carries the status of its head', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      await talk.finish('a', '', 'failed');
      await talk.say('b', { parentId: null });
      expect(await talk.choose('a')).toMatchObject({ session: { headStatus: 'failed' } });
    });

    test('is refused while a turn is live, for an unknown turn, in an unknown session', async () => {
      const talk = await branched(store());
      const nobody = new Talk(store());
      expect(await nobody.choose('a')).toEqual({ kind: 'unknown' });
      const change = { headTurnId: 'nobody', title: 'not taken' };
      expect(await store().change({ ...talk.ref, change })).toEqual({ kind: 'unknown_turn' });
      await talk.begun('e');
      expect(await talk.choose('a')).toEqual({ kind: 'busy', activeTurnId: 'e' });
      expect(await talk.session()).toMatchObject({ title: 'title a', headTurnId: 'e' });
    });
  });
}
