import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { LEASE_MS, reply, Talk } from './talk';

export function writeStories(store: () => Store): void {
  describe('save, renew, finish, settle', () => {
    test('a save keeps the text and renews the lease', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      talk.now += 500;
      expect(await talk.save('a', 'half')).toEqual({ held: true, stop: false });
      expect(await talk.stored('a')).toMatchObject({ status: 'streaming', reply: { content: 'half' } });
      expect(await talk.lease('a')).toMatchObject({ endsAt: talk.now + LEASE_MS });
    });

    test('a renewal changes the lease alone', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      await talk.save('a', 'half');
      const before = await talk.stored('a');
      talk.now += 1_000;
      expect(await talk.write('a')).toEqual({ held: true, stop: false });
      expect(await talk.stored('a')).toEqual(before);
      expect(await talk.lease('a')).toMatchObject({ endsAt: talk.now + LEASE_MS });
    });

    test('the end frees the session', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      talk.now += 700;
      expect(await talk.finish('a', 'whole')).toEqual({ held: true, stop: false });
      expect(await store().turn(talk.turnRef('a'))).toMatchObject({ turn: { status: 'done' }, lease: null });
      expect(await talk.session()).toMatchObject({
        headStatus: 'done',
        activeTurnId: null,
        preview: 'whole',
        updatedAt: talk.now,
      });
    });

    test('an end without a preview leaves the last words as they were', async () => {
      const talk = new Talk(store());
      const { turn } = await talk.begun('a');
      await talk.write('a', { turn: reply(turn, '', 'failed') });
      expect(await talk.session()).toMatchObject({ preview: 'preview a', headStatus: 'failed' });
    });

    test('a terminal turn never changes', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      await talk.finish('a', 'whole');
      const stored = { turn: await talk.stored('a'), lease: null };
      expect(await talk.save('a', 'more')).toEqual({ held: false, stored });
      expect(await talk.write('a')).toEqual({ held: false, stored });
      expect(await talk.finish('a', 'other', 'failed')).toEqual({ held: false, stored });
      expect(await talk.stored('a')).toEqual(stored.turn);
    });

    test('an end made again because its answer was lost is held', async () => {
      const talk = new Talk(store());
      const { turn } = await talk.begun('a');
      const last = { turn: reply(turn, 'whole', 'done') };
      await talk.write('a', last);
      expect(await talk.write('a', last)).toMatchObject({ held: true });
    });

    test('a producer whose turn was settled learns it and writes nothing', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      await talk.save('a', 'kept');
      talk.now += LEASE_MS;
      await talk.finish('a', 'kept', 'interrupted');
      expect(await talk.save('a', 'kept and more')).toMatchObject({
        held: false,
        stored: { turn: { status: 'interrupted', reply: { content: 'kept' } }, lease: null },
      });
      await talk.begun('b');
      expect(await talk.finish('a', 'all of it')).toMatchObject({ held: false });
      expect(await talk.stored('a')).toMatchObject({ status: 'interrupted', reply: { content: 'kept' } });
    });

    test('another token writes nothing', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      expect(await talk.save('a', 'foreign', { token: 'other' })).toMatchObject({
        held: false,
        stored: { turn: { status: 'streaming', reply: { content: '' } }, lease: { token: 'token-a' } },
      });
      expect(await talk.stored('a')).toMatchObject({ reply: { content: '' } });
    });

    test('a save on a lease that ran out, but was not settled, succeeds and renews it', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      talk.now += 40_000;
      expect(await talk.save('a', 'late')).toEqual({ held: true, stop: false });
      expect(await talk.begin('b')).toMatchObject({ kind: 'busy', expired: false });
    });

    test('a dead turn is settled only when its lease ran out', async () => {
      const talk = new Talk(store());
      const { turn } = await talk.begun('a');
      const settle = () => talk.write('a', { turn: reply(turn, '', 'interrupted'), ifExpired: true });
      talk.now += LEASE_MS - 1;
      expect(await settle()).toMatchObject({ held: false, stored: { turn: { status: 'streaming' } } });
      talk.now += 1;
      expect(await settle()).toMatchObject({ held: true });
      expect(await talk.stored('a')).toMatchObject({ status: 'interrupted' });
    });

    test('of ten that settle at once, one does', async () => {
      const talk = new Talk(store());
      const { turn } = await talk.begun('a');
      talk.now += LEASE_MS;
      const texts = Array.from({ length: 10 }, (_, n) => `text ${n}`);
      const results = await Promise.all(
        texts.map((text) => talk.write('a', { turn: reply(turn, text, 'interrupted'), ifExpired: true })),
      );
      expect(results.filter(({ held }) => held)).toHaveLength(1);
    });

    test('an unknown turn is not there to be written', async () => {
      const talk = new Talk(store());
      const { turn } = talk.request('x');
      expect(await talk.write('x', { turn })).toEqual({ held: false, stored: null });
      await talk.begun('a');
      expect(await talk.write('x', { turn })).toEqual({ held: false, stored: null });
    });
  });

  describe('stop', () => {
    test('the producer learns of a stop from its next write', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      await talk.save('a', 'half');
      expect(await store().requestStop(talk.turnRef('a'))).toMatchObject({
        turn: { status: 'streaming', reply: { content: 'half' } },
        lease: { stop: true },
      });
      expect(await talk.write('a')).toEqual({ held: true, stop: true });
      expect(await talk.save('a', 'half.')).toEqual({ held: true, stop: true });
      await talk.finish('a', 'half.', 'stopped');
      expect(await talk.stored('a')).toMatchObject({ status: 'stopped' });
    });

    test('a stop holds for one turn only', async () => {
      const talk = new Talk(store());
      await talk.begun('a');
      await store().requestStop(talk.turnRef('a'));
      await talk.finish('a', '', 'stopped');
      await talk.begun('b');
      expect(await talk.write('b')).toEqual({ held: true, stop: false });
    });

    test('of a finished turn it answers that turn; of an unknown one, nothing', async () => {
      const talk = new Talk(store());
      expect(await store().requestStop(talk.turnRef('a'))).toBeNull();
      await talk.say('a');
      expect(await store().requestStop(talk.turnRef('a'))).toEqual({
        turn: await talk.stored('a'),
        lease: null,
      });
      expect(await store().requestStop(talk.turnRef('x'))).toBeNull();
    });
  });
}
