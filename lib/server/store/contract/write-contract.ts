import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { LEASE_MS, reply, SessionClient } from './session-client';

export function writeContract(store: () => Store): void {
  describe('save, renew, finish, settle', () => {
    test('a save keeps the text and renews the lease', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      client.now += 500;
      expect(await client.save('a', 'half')).toEqual({ held: true, stop: false });
      expect(await client.turn('a')).toMatchObject({ status: 'streaming', reply: { content: 'half' } });
      expect(await client.lease('a')).toMatchObject({ endsAt: client.now + LEASE_MS });
    });

    test('a renewal changes only the lease', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      await client.save('a', 'half');
      const before = await client.turn('a');
      client.now += 1_000;
      expect(await client.write('a')).toEqual({ held: true, stop: false });
      expect(await client.turn('a')).toEqual(before);
      expect(await client.lease('a')).toMatchObject({ endsAt: client.now + LEASE_MS });
    });

    test('a terminal write frees the session', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      client.now += 700;
      expect(await client.finish('a', 'whole')).toEqual({ held: true, stop: false });
      expect(await store().turn(client.turnRef('a'))).toMatchObject({
        turn: { status: 'done' },
        lease: null,
      });
      expect(await client.session()).toMatchObject({
        headStatus: 'done',
        activeTurnId: null,
        preview: 'whole',
        updatedAt: client.now,
      });
    });

    test('a terminal write without a preview keeps the last one', async () => {
      const client = new SessionClient(store());
      const { turn } = await client.mustBegin('a');
      await client.write('a', { turn: reply(turn, '', 'failed') });
      expect(await client.session()).toMatchObject({ preview: 'preview a', headStatus: 'failed' });
    });

    test('a terminal turn never changes', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      await client.finish('a', 'whole');
      const stored = { turn: await client.turn('a'), lease: null };
      expect(await client.save('a', 'more')).toEqual({ held: false, stored });
      expect(await client.write('a')).toEqual({ held: false, stored });
      expect(await client.finish('a', 'other', 'failed')).toEqual({ held: false, stored });
      expect(await client.turn('a')).toEqual(stored.turn);
    });

    test('a terminal write is accepted again when its answer was lost', async () => {
      const client = new SessionClient(store());
      const { turn } = await client.mustBegin('a');
      const last = { turn: reply(turn, 'whole', 'done') };
      await client.write('a', last);
      expect(await client.write('a', last)).toMatchObject({ held: true });
    });

    test('a producer whose turn was settled is refused, and learns that it was', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      await client.save('a', 'kept');
      client.now += LEASE_MS;
      await client.finish('a', 'kept', 'interrupted');
      expect(await client.save('a', 'kept and more')).toMatchObject({
        held: false,
        stored: { turn: { status: 'interrupted', reply: { content: 'kept' } }, lease: null },
      });
      await client.mustBegin('b');
      expect(await client.finish('a', 'all of it')).toMatchObject({ held: false });
      expect(await client.turn('a')).toMatchObject({ status: 'interrupted', reply: { content: 'kept' } });
    });

    test('a write with another token is refused', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      expect(await client.save('a', 'foreign', { token: 'other' })).toMatchObject({
        held: false,
        stored: { turn: { status: 'streaming', reply: { content: '' } }, lease: { token: 'token-a' } },
      });
      expect(await client.turn('a')).toMatchObject({ reply: { content: '' } });
    });

    test('a save after the lease ran out succeeds and renews it, unless the turn was settled', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      client.now += 40_000;
      expect(await client.save('a', 'late')).toEqual({ held: true, stop: false });
      expect(await client.begin('b')).toMatchObject({ kind: 'busy', expired: false });
    });

    test('a turn is settled only after its lease ran out', async () => {
      const client = new SessionClient(store());
      const { turn } = await client.mustBegin('a');
      const settle = () => client.write('a', { turn: reply(turn, '', 'interrupted'), ifExpired: true });
      client.now += LEASE_MS - 1;
      expect(await settle()).toMatchObject({ held: false, stored: { turn: { status: 'streaming' } } });
      client.now += 1;
      expect(await settle()).toMatchObject({ held: true });
      expect(await client.turn('a')).toMatchObject({ status: 'interrupted' });
    });

    test('only one of ten concurrent attempts settles a turn', async () => {
      const client = new SessionClient(store());
      const { turn } = await client.mustBegin('a');
      client.now += LEASE_MS;
      const texts = Array.from({ length: 10 }, (_, n) => `text ${n}`);
      const results = await Promise.all(
        texts.map((text) => client.write('a', { turn: reply(turn, text, 'interrupted'), ifExpired: true })),
      );
      expect(results.filter(({ held }) => held)).toHaveLength(1);
    });

    test('a write to an unknown turn is refused', async () => {
      const client = new SessionClient(store());
      const { turn } = client.request('x');
      expect(await client.write('x', { turn })).toEqual({ held: false, stored: null });
      await client.mustBegin('a');
      expect(await client.write('x', { turn })).toEqual({ held: false, stored: null });
    });
  });

  describe('stop', () => {
    test('reaches the producer in the answer to its next write', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      await client.save('a', 'half');
      expect(await store().requestStop(client.turnRef('a'))).toMatchObject({
        turn: { status: 'streaming', reply: { content: 'half' } },
        lease: { stop: true },
      });
      expect(await client.write('a')).toEqual({ held: true, stop: true });
      expect(await client.save('a', 'half.')).toEqual({ held: true, stop: true });
      await client.finish('a', 'half.', 'stopped');
      expect(await client.turn('a')).toMatchObject({ status: 'stopped' });
    });

    test('does not affect the next turn', async () => {
      const client = new SessionClient(store());
      await client.mustBegin('a');
      await store().requestStop(client.turnRef('a'));
      await client.finish('a', '', 'stopped');
      await client.mustBegin('b');
      expect(await client.write('b')).toEqual({ held: true, stop: false });
    });

    test('returns a finished turn as it is, and null for an unknown one', async () => {
      const client = new SessionClient(store());
      expect(await store().requestStop(client.turnRef('a'))).toBeNull();
      await client.addTurn('a');
      expect(await store().requestStop(client.turnRef('a'))).toEqual({
        turn: await client.turn('a'),
        lease: null,
      });
      expect(await store().requestStop(client.turnRef('x'))).toBeNull();
    });
  });
}
