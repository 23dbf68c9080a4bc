import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Turn } from '@/lib/chat/turn';
import type { Store } from '../store';
import { DAY_MS, idsOf, LEASE_MS, SessionClient } from './session-client';

export function beginContract(store: () => Store): void {
  describe('begin', () => {
    test('creates the session with its first turn', async () => {
      const client = new SessionClient(store());
      const begun = await client.mustBegin('a');
      expect(begun).toMatchObject({ path: [], pathTotal: 0, turn: { id: 'a', parentId: null, depth: 0 } });
      expect(begun.session).toEqual({
        v: 1,
        id: client.sessionId,
        assistantId: 'assistant',
        title: 'title a',
        preview: 'preview a',
        headTurnId: 'a',
        headStatus: 'streaming',
        activeTurnId: 'a',
        createdAt: client.now,
        updatedAt: client.now,
        pinned: false,
        expiresAt: client.now + 30 * DAY_MS,
      });
      expect(await client.session()).toEqual(begun.session);
      expect(await client.lease('a')).toEqual({
        token: 'token-a',
        endsAt: client.now + LEASE_MS,
        stop: false,
      });
    });

    test('continues after the head, with the last turns of its path as context', async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b', 'c', 'd');
      const begun = await client.mustBegin('e', { contextTurns: 2 });
      expect(begun.turn).toMatchObject({ parentId: 'd', depth: 4 });
      expect(begun.path.map(({ id }) => id)).toEqual(['c', 'd']);
      expect(begun.path.at(-1)).toEqual(await client.turn('d'));
      expect(begun.pathTotal).toBe(4);
    });

    test('returns no context when none is asked for', async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b');
      expect(await client.mustBegin('c', { contextTurns: 0 })).toMatchObject({ path: [], pathTotal: 2 });
    });

    test('returns the existing turn for a known turn id, and changes nothing', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      await client.mustBegin('b');
      const session = await client.session();
      const again = await client.begin('b', {
        content: 'other',
        lease: { token: 'mine', endsAt: client.now },
      });
      expect(again).toEqual({
        kind: 'exists',
        stored: { turn: await client.turn('b'), lease: await client.lease('b') },
      });
      expect(await client.begin('a')).toEqual({
        kind: 'exists',
        stored: { turn: await client.turn('a'), lease: null },
      });
      expect(await client.session()).toEqual(session);
    });

    test('is idempotent when repeated because its answer was lost', async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b');
      const request = client.request('c');
      const first = await store().begin(request);
      expect(await store().begin(request)).toEqual(first);
      expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    });

    test('refuses another assistant and stores nothing', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      const other = new SessionClient(store(), { ...client.ref, assistantId: 'teacher' });
      expect(await other.begin('b')).toEqual({ kind: 'wrong_assistant', assistantId: 'assistant' });
      expect(await client.shownIds()).toEqual(['a']);
    });

    test('refuses a second live turn until the first has ended or been settled', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      const stored = { turn: await client.turn('a'), lease: await client.lease('a') };
      expect(await client.begin('b')).toEqual({ kind: 'busy', stored, expired: false });
      client.now += LEASE_MS;
      expect(await client.begin('b')).toEqual({ kind: 'busy', stored, expired: true });
      await client.finish('a', 'half', 'interrupted');
      await client.mustBegin('b');
      expect(await client.shownIds()).toEqual(['a', 'b']);
    });

    test('refuses an unknown parent and creates no session for it', async () => {
      const client = new SessionClient(store());
      expect(await client.begin('a', { parentId: 'nobody' })).toEqual({ kind: 'unknown_parent' });
      expect(await client.session()).toBeNull();
      await client.addTurn('a');
      expect(await client.begin('b', { parentId: 'nobody' })).toEqual({ kind: 'unknown_parent' });
      expect(await client.shownIds()).toEqual(['a']);
    });

    test('stores nothing for who sees a turn that the session does not have', async () => {
      const client = new SessionClient(store());
      expect(await client.begin('a', { lastTurnId: 'seen' })).toEqual({ kind: 'gone' });
      expect(await client.begin('a', { lastTurnId: 'seen', parentId: null })).toEqual({ kind: 'gone' });
      expect(await client.session()).toBeNull();
      await client.addTurns('a', 'b');
      expect(await client.begin('c', { lastTurnId: 'seen' })).toEqual({ kind: 'gone' });
      expect(await client.begin('c', { lastTurnId: 'seen', parentId: 'a' })).toEqual({ kind: 'gone' });
      expect(await client.begin('b', { lastTurnId: 'seen' })).toMatchObject({ kind: 'exists' });
      await client.addTurn('c', { lastTurnId: 'b' });
      await client.addTurn('d', { lastTurnId: 'a' });
      expect(await client.shownIds()).toEqual(['a', 'b', 'c', 'd']);
      await store().removeTurn(client.turnRef('d'));
      await client.addTurn('e', { lastTurnId: 'd' });
      await store().clear(client.ref);
      expect(await client.begin('f', { lastTurnId: 'e' })).toEqual({ kind: 'gone' });
    });

    test('adds and shows a version when the parent already has a child', async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b', 'c');
      const begun = await client.addTurn('b2', { parentId: 'a' });
      expect(begun.turn).toMatchObject({ parentId: 'a', depth: 1 });
      expect(begun.path.map(({ id }) => id)).toEqual(['a']);
      expect(begun.pathTotal).toBe(1);
      expect(await client.shownIds()).toEqual(['a', 'b2']);
      expect((await client.history()).versions).toEqual({ b2: ['b', 'b2'] });
      expect(await client.turn('c')).toMatchObject({ parentId: 'b' });
    });

    test('adds a new root as a version of the other roots', async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b');
      expect(await client.addTurn('a2', { parentId: null })).toMatchObject({ path: [], pathTotal: 0 });
      expect((await client.history()).versions).toEqual({ a2: ['a', 'a2'] });
      await client.addTurn('a3', { parentId: null });
      expect((await client.history()).versions).toEqual({ a3: ['a', 'a2', 'a3'] });
    });

    test('shows the path of a parent that was not on the shown path', async () => {
      const client = new SessionClient(store());
      await client.addTurns('a', 'b', 'c');
      await client.addTurn('b2', { parentId: 'a' });
      const begun = await client.addTurn('d', { parentId: 'c' });
      expect(begun.path.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(begun.pathTotal).toBe(3);
      expect(await client.shownIds()).toEqual(['a', 'b', 'c', 'd']);
    });

    test('keeps the first title and the latest preview', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      await client.mustBegin('b');
      expect(await client.session()).toMatchObject({ title: 'title a', preview: 'preview b' });
    });

    test('lets one of 20 concurrent begins through, and tells the others which', async () => {
      const client = new SessionClient(store());
      const ids = Array.from({ length: 20 }, (_, n) => `turn-${n}`);
      const results = await Promise.all(ids.map((id) => client.begin(id)));
      const begun = results.filter((result) => result.kind === 'begun');
      const [winner] = await client.shownIds();
      expect(begun).toHaveLength(1);
      for (const result of results)
        if (result.kind !== 'begun')
          expect(result).toMatchObject({ kind: 'busy', stored: { turn: { id: winner } }, expired: false });
    });

    test('begins a turn once when 10 concurrent begins have the same id', async () => {
      const client = new SessionClient(store());
      const tries = Array.from({ length: 10 }, (_, n) => ({
        token: `try-${n}`,
        endsAt: client.now + LEASE_MS,
      }));
      const results = await Promise.all(tries.map((lease) => client.begin('a', { lease })));
      expect(results.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'exists')).toHaveLength(9);
      expect(await client.shownIds()).toEqual(['a']);
    });

    test('returns any turn exactly as it was stored', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('\u0000', '\u200b\u200d', '\u202eשלום', '👩‍👩‍👧', '\ufeff', '123', 'OK', '[]', ''),
      );
      await fc.assert(
        fc.asyncProperty(text, text, text, async (content, title, answer) => {
          const client = new SessionClient(store());
          const image = { id: 'i', type: 'image/png', width: 1, height: 2 } as const;
          const request = client.request('a', { content, title, preview: title });
          const sent: Turn = { ...request.turn, user: { content, images: [image] } };
          const { turn, session } = await client.mustBegin('a', { turn: sent, title, preview: title });
          expect(turn).toEqual(sent);
          expect(session).toMatchObject({ title, preview: title });
          await client.finish('a', answer);
          const [stored] = (await client.history()).turns;
          expect(stored?.turn).toEqual({
            ...sent,
            status: 'done',
            reply: { ...sent.reply, content: answer },
          });
        }),
        { numRuns: 25 },
      );
    });

    test('returns a very long turn whole', async () => {
      const client = new SessionClient(store());
      const content = '长🙂 '.repeat(60_000);
      await client.mustBegin('a', { content });
      await client.finish('a', content);
      expect(await client.turn('a')).toMatchObject({ user: { content }, reply: { content } });
    });

    test('keeps the sessions of one owner apart', async () => {
      const one = new SessionClient(store());
      const two = new SessionClient(store(), { owner: one.owner });
      await Promise.all([one.addTurns('a', 'b'), two.addTurns('a', 'c')]);
      expect(idsOf((await one.history()).turns)).toEqual(['a', 'b']);
      expect(idsOf((await two.history()).turns)).toEqual(['a', 'c']);
    });
  });
}
