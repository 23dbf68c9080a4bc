import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { SessionClient } from './session-client';

/** Pairs of owner and session that would share a key if the two were only concatenated. */
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

export function isolationContract(store: () => Store): void {
  describe('isolation', () => {
    test("treats another owner's session as unknown", async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b');
      const foreign = new SessionClient(store(), { sessionId: client.sessionId, now: client.now });
      expect(await foreign.session()).toBeNull();
      expect(await foreign.history()).toMatchObject({ session: null, turns: [] });
      expect(await store().turn(foreign.turnRef('a'))).toBeNull();
      expect(await store().requestStop(foreign.turnRef('a'))).toBeNull();
      expect(await foreign.setHead('a')).toEqual({ kind: 'unknown' });
      expect(await store().clear(foreign.ref)).toEqual({ kind: 'unknown' });
      expect(await store().remove(foreign.ref)).toEqual({ kind: 'unknown' });
      expect(await store().restore(foreign.ref)).toEqual({ kind: 'unknown' });
      expect(await store().removeTurn(foreign.turnRef('a'))).toEqual({ kind: 'unknown' });
      expect(await store().sessions({ ...foreign.ref, limit: 5 })).toMatchObject({ total: 0 });
      await foreign.addTurn('x');
      expect(await client.shownIds()).toEqual(['a', 'b']);
    });

    test.each(PAIRS)('keeps %j and %j apart', async (one, two) => {
      const unique = crypto.randomUUID();
      const clients = [one, two].map(
        ([owner, sessionId]) => new SessionClient(store(), { owner: `${unique}${owner}`, sessionId }),
      );
      for (const [index, client] of clients.entries()) await client.addTurn(`turn-${index}`);
      for (const [index, client] of clients.entries()) {
        expect(await client.shownIds()).toEqual([`turn-${index}`]);
        expect(await client.session()).toMatchObject({ id: client.sessionId });
      }
      const [first] = clients;
      if (first) await store().remove(first.ref);
      expect(await clients[1]?.shownIds()).toEqual(['turn-1']);
    });

    test('returns ids of any form unchanged', async () => {
      const client = new SessionClient(store(), { assistantId: 'as:sis|tant{x}!' });
      const ids = ['.', '%', 'a b@1', 'turn:x', 'head', '话', '__proto__', 'a%0020b'];
      await client.addTurns(...ids);
      const { turns, session } = await client.history();
      expect(turns.map(({ turn }) => turn.id)).toEqual(ids);
      expect(turns.map(({ turn }) => turn.parentId)).toEqual([null, ...ids.slice(0, -1)]);
      expect(session).toMatchObject({ assistantId: 'as:sis|tant{x}!', headTurnId: 'a%0020b' });
      await client.addTurn('.2', { parentId: '.' });
      expect((await client.history()).versions).toEqual({ '.2': ['%', '.2'] });
      await store().removeTurn(client.turnRef('.'));
      await store().restoreTurn(client.turnRef('.'));
      expect(await client.shownIds()).toEqual(['.', '.2']);
      const list = { owner: client.owner, assistantId: client.assistantId, limit: 5, now: client.now };
      expect(await store().sessions(list)).toMatchObject({ total: 1, sessions: [{ id: client.sessionId }] });
    });
  });
}
