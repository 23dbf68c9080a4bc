import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { Talk } from './talk';

/** Pairs that meet in one key if owner and session are only put together. */
const PAIRS = [
  [
    ['a:b', 'c'],
    ['a', 'b:c'],
  ],
  [
    ['a}:session:b', 'c'],
    ['a', 'b}:session:c'],
  ],
  [
    ['a%003a', 'b'],
    ['a:', 'b'],
  ],
  [
    ['{a}', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'b:aside:1'],
    ['a', 'b'],
  ],
  [
    ['a', ''],
    ['a', '%'],
  ],
  [
    ['\ud800', 'a'],
    ['\ufffd', 'a'],
  ],
  [
    ['a|b', 'c!d'],
    ['a', 'b|c!d'],
  ],
] as const;

export function isolationStories(store: () => Store): void {
  describe('isolation', () => {
    test("another owner's session is as good as none", async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b');
      const foreign = new Talk(store(), { sessionId: talk.sessionId, now: talk.now });
      expect(await foreign.session()).toBeNull();
      expect(await foreign.history()).toMatchObject({ session: null, turns: [] });
      expect(await store().turn(foreign.turnRef('a'))).toBeNull();
      expect(await store().requestStop(foreign.turnRef('a'))).toBeNull();
      expect(await foreign.choose('a')).toEqual({ kind: 'unknown' });
      expect(await store().clear(foreign.ref)).toEqual({ kind: 'unknown' });
      expect(await store().remove(foreign.ref)).toEqual({ kind: 'unknown' });
      expect(await store().restore(foreign.ref)).toEqual({ kind: 'unknown' });
      expect(await store().removeTurn(foreign.turnRef('a'))).toEqual({ kind: 'unknown' });
      expect(await store().sessions({ ...foreign.ref, limit: 5 })).toMatchObject({ total: 0 });
      await foreign.say('x');
      expect(await talk.shown()).toEqual(['a', 'b']);
    });

    test.each(PAIRS)('%j and %j do not meet', async (one, two) => {
      const unique = crypto.randomUUID();
      const talks = [one, two].map(
        ([owner, sessionId]) => new Talk(store(), { owner: `${unique}${owner}`, sessionId }),
      );
      for (const [index, talk] of talks.entries()) await talk.say(`turn-${index}`);
      for (const [index, talk] of talks.entries()) {
        expect(await talk.shown()).toEqual([`turn-${index}`]);
        expect(await talk.session()).toMatchObject({ id: talk.sessionId });
      }
      const [first] = talks;
      if (first) await store().remove(first.ref);
      expect(await talks[1]?.shown()).toEqual(['turn-1']);
    });

    test('ids of any form come back as they were', async () => {
      const talk = new Talk(store(), { assistantId: 'as:sis|tant{x}!' });
      const ids = ['.', '%', 'a b@1', 'turn:x', 'head', '话', '__proto__', 'a%0020b'];
      await talk.sayAll(...ids);
      const { turns, session } = await talk.history();
      expect(turns.map(({ turn }) => turn.id)).toEqual(ids);
      expect(turns.map(({ turn }) => turn.parentId)).toEqual([null, ...ids.slice(0, -1)]);
      expect(session).toMatchObject({ assistantId: 'as:sis|tant{x}!', headTurnId: 'a%0020b' });
      await talk.say('.2', { parentId: '.' });
      expect((await talk.history()).versions).toEqual({ '.2': ['%', '.2'] });
      await store().removeTurn(talk.turnRef('.'));
      await store().restoreTurn(talk.turnRef('.'));
      expect(await talk.shown()).toEqual(['.', '.2']);
      const list = { owner: talk.owner, assistantId: talk.assistantId, limit: 5, now: talk.now };
      expect(await store().sessions(list)).toMatchObject({ total: 1, sessions: [{ id: talk.sessionId }] });
    });
  });
}
