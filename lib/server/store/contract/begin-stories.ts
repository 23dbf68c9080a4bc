import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Turn } from '@/lib/chat/turn';
import type { Store } from '../store';
import { DAY_MS, idsOf, LEASE_MS, Talk } from './talk';

export function beginStories(store: () => Store): void {
  describe('begin', () => {
    test('the first turn makes the session', async () => {
      const talk = new Talk(store());
      const begun = await talk.begun('a');
      expect(begun).toMatchObject({ path: [], pathTotal: 0, turn: { id: 'a', parentId: null, depth: 0 } });
      expect(begun.session).toEqual({
        v: 1,
        id: talk.sessionId,
        assistantId: 'assistant',
        title: 'title a',
        preview: 'preview a',
        headTurnId: 'a',
        headStatus: 'streaming',
        activeTurnId: 'a',
        createdAt: talk.now,
        updatedAt: talk.now,
        pinned: false,
        expiresAt: talk.now + 30 * DAY_MS,
      });
      expect(await talk.session()).toEqual(begun.session);
      expect(await talk.lease('a')).toEqual({ token: 'token-a', endsAt: talk.now + LEASE_MS, stop: false });
    });

    test('the next turn answers after the head, and gets the last turns of its path', async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b', 'c', 'd');
      const begun = await talk.begun('e', { contextTurns: 2 });
      expect(begun.turn).toMatchObject({ parentId: 'd', depth: 4 });
      expect(begun.path.map(({ id }) => id)).toEqual(['c', 'd']);
      expect(begun.path.at(-1)).toEqual(await talk.stored('d'));
      expect(begun.pathTotal).toBe(4);
    });

    test('no context is asked for and none is given', async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b');
      expect(await talk.begun('c', { contextTurns: 0 })).toMatchObject({ path: [], pathTotal: 2 });
    });

    test('a turn id that exists answers with its turn and changes nothing', async () => {
      const talk = new Talk(store());
      await talk.say('a');
      await talk.begun('b');
      const session = await talk.session();
      const again = await talk.begin('b', { content: 'other', lease: { token: 'mine', endsAt: talk.now } });
      expect(again).toEqual({
        kind: 'exists',
        stored: { turn: await talk.stored('b'), lease: await talk.lease('b') },
      });
      expect(await talk.begin('a')).toEqual({
        kind: 'exists',
        stored: { turn: await talk.stored('a'), lease: null },
      });
      expect(await talk.session()).toEqual(session);
    });

    test('a begin made again because its answer was lost is begun, once', async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b');
      const request = talk.request('c');
      const first = await store().begin(request);
      expect(await store().begin(request)).toEqual(first);
      expect(await talk.shown()).toEqual(['a', 'b', 'c']);
    });

    test('another assistant is refused, and nothing is stored', async () => {
      const talk = new Talk(store());
      await talk.say('a');
      const other = new Talk(store(), { ...talk.ref, assistantId: 'teacher' });
      expect(await other.begin('b')).toEqual({ kind: 'wrong_assistant', assistantId: 'assistant' });
      expect(await talk.shown()).toEqual(['a']);
    });

    test('a live turn holds the session, until its lease ran out and it was settled', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      const stored = { turn: await talk.stored('a'), lease: await talk.lease('a') };
      expect(await talk.begin('b')).toEqual({ kind: 'busy', stored, expired: false });
      talk.now += LEASE_MS;
      expect(await talk.begin('b')).toEqual({ kind: 'busy', stored, expired: true });
      await talk.finish('a', 'half', 'interrupted');
      await talk.begun('b');
      expect(await talk.shown()).toEqual(['a', 'b']);
    });

    test('an unknown parent is refused, also where there is no session, and none is made', async () => {
      const talk = new Talk(store());
      expect(await talk.begin('a', { parentId: 'nobody' })).toEqual({ kind: 'unknown_parent' });
      expect(await talk.session()).toBeNull();
      await talk.say('a');
      expect(await talk.begin('b', { parentId: 'nobody' })).toEqual({ kind: 'unknown_parent' });
      expect(await talk.shown()).toEqual(['a']);
    });

    test('a parent that has children gets a version beside them, and it is shown', async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b', 'c');
      const begun = await talk.say('b2', { parentId: 'a' });
      expect(begun.turn).toMatchObject({ parentId: 'a', depth: 1 });
      expect(begun.path.map(({ id }) => id)).toEqual(['a']);
      expect(begun.pathTotal).toBe(1);
      expect(await talk.shown()).toEqual(['a', 'b2']);
      expect((await talk.history()).versions).toEqual({ b2: ['b', 'b2'] });
      expect(await talk.stored('c')).toMatchObject({ parentId: 'b' });
    });

    test('a new root stands beside the other roots', async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b');
      expect(await talk.say('a2', { parentId: null })).toMatchObject({ path: [], pathTotal: 0 });
      expect((await talk.history()).versions).toEqual({ a2: ['a', 'a2'] });
      await talk.say('a3', { parentId: null });
      expect((await talk.history()).versions).toEqual({ a3: ['a', 'a2', 'a3'] });
    });

    test('a parent on a branch that is not shown: its branch is shown', async () => {
      const talk = new Talk(store());
      await talk.sayAll('a', 'b', 'c');
      await talk.say('b2', { parentId: 'a' });
      const begun = await talk.say('d', { parentId: 'c' });
      expect(begun.path.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(begun.pathTotal).toBe(3);
      expect(await talk.shown()).toEqual(['a', 'b', 'c', 'd']);
    });

    test('the first title stays; the preview is the last', async () => {
      const talk = new Talk(store());
      await talk.say('a');
      await talk.begun('b');
      expect(await talk.session()).toMatchObject({ title: 'title a', preview: 'preview b' });
    });

    test('20 begins at once: one is begun, the others are told by whom', async () => {
      const talk = new Talk(store());
      const ids = Array.from({ length: 20 }, (_, n) => `turn-${n}`);
      const results = await Promise.all(ids.map((id) => talk.begin(id)));
      const begun = results.filter((result) => result.kind === 'begun');
      const [winner] = await talk.shown();
      expect(begun).toHaveLength(1);
      for (const result of results)
        if (result.kind !== 'begun')
          expect(result).toMatchObject({ kind: 'busy', stored: { turn: { id: winner } }, expired: false });
    });

    test('one turn id 10 times at once: one is begun, the others find it', async () => {
      const talk = new Talk(store());
      const tries = Array.from({ length: 10 }, (_, n) => ({
        token: `try-${n}`,
        endsAt: talk.now + LEASE_MS,
      }));
      const results = await Promise.all(tries.map((lease) => talk.begin('a', { lease })));
      expect(results.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'exists')).toHaveLength(9);
      expect(await talk.shown()).toEqual(['a']);
    });

    test('a turn comes back exactly as it was, whatever it holds', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('\u0000', '\u200b\u200d', '\u202eשלום', '👩‍👩‍👧', '\ufeff', '123', 'OK', '[]', ''),
      );
      await fc.assert(
        fc.asyncProperty(text, text, text, async (content, title, answer) => {
          const talk = new Talk(store());
          const image = { id: 'i', type: 'image/png', width: 1, height: 2 } as const;
          const request = talk.request('a', { content, title, preview: title });
          const sent: Turn = { ...request.turn, user: { content, images: [image] } };
          const { turn, session } = await talk.begun('a', { turn: sent, title, preview: title });
          expect(turn).toEqual(sent);
          expect(session).toMatchObject({ title, preview: title });
          await talk.finish('a', answer);
          const [stored] = (await talk.history()).turns;
          expect(stored?.turn).toEqual({
            ...sent,
            status: 'done',
            reply: { ...sent.reply, content: answer },
          });
        }),
        { numRuns: 25 },
      );
    });

    test('a very long turn comes back whole', async () => {
      const talk = new Talk(store());
      const content = '长🙂 '.repeat(60_000);
      await talk.begun('a', { content });
      await talk.finish('a', content);
      expect(await talk.stored('a')).toMatchObject({ user: { content }, reply: { content } });
    });

    test('sessions of one owner do not meet', async () => {
      const one = new Talk(store());
      const two = new Talk(store(), { owner: one.owner });
      await Promise.all([one.sayAll('a', 'b'), two.sayAll('a', 'c')]);
      expect(idsOf((await one.history()).turns)).toEqual(['a', 'b']);
      expect(idsOf((await two.history()).turns)).toEqual(['a', 'c']);
    });
  });
}
