import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ImageRef } from '@/lib/chat/turn';
import { IMAGE_GRACE_MS, type Store, UNDO_MS } from '../store';
import { DAY_MS, SessionClient } from './session-client';

const HOUR_MS = 3_600_000;

export function imageContract(store: () => Store): void {
  const newClient = () => new SessionClient(store());

  describe('images', () => {
    test.each([1, 524_999, 525_000, 525_001, 2_000_000])('%i bytes come back as they were', async (size) => {
      const client = newClient();
      const bytes = randomBytes(size);
      const ref = await client.upload(bytes);
      const found = await client.image(ref);
      expect({ ...found, data: null }).toEqual({ ...ref, data: null });
      expect(Buffer.compare(found?.data ?? Buffer.of(), bytes)).toBe(0);
    });

    test('are visible to their owner only', async () => {
      const client = newClient();
      const ref = await client.upload(randomBytes(10));
      expect(await newClient().image(ref)).toBeNull();
      expect(await client.image({ id: 'unknown' })).toBeNull();
    });

    test('are kept apart for owners and ids that look alike', async () => {
      const unique = crypto.randomUUID();
      const put = (owner: string, id: string, byte: number) =>
        store().putImage({
          owner: `${unique}${owner}`,
          image: { id, type: 'image/png', width: 1, height: 1, data: Buffer.of(byte) },
          ttlMs: DAY_MS,
          now: Date.now(),
        });
      const byteOf = async (owner: string, imageId: string) =>
        (await store().image({ owner: `${unique}${owner}`, imageId, now: Date.now() }))?.data[0];
      const pairs = [
        ['a:b', 'c'],
        ['a', 'b:c'],
        ['a', 'b:0'],
        ['a', 'b'],
        ['a}:image:b', '0'],
      ] as const;
      for (const [n, [owner, id]] of pairs.entries()) await put(owner, id, n);
      for (const [n, [owner, id]] of pairs.entries()) expect(await byteOf(owner, id)).toBe(n);
    });

    test('that no turn refers to are gone when their time is up', async () => {
      const client = newClient();
      const ref = await client.upload(randomBytes(10), HOUR_MS);
      client.now += HOUR_MS - 1;
      expect(await client.image(ref)).not.toBeNull();
      client.now += 1;
      expect(await client.image(ref)).toBeNull();
      // A begin deletes it.
      await client.addTurn('a');
      expect(await client.image(ref)).toBeNull();
    });

    test('that are stored again are kept for the longer of the two times', async () => {
      const client = newClient();
      const bytes = randomBytes(600_000);
      const ref = await client.upload(bytes, 2 * DAY_MS);
      await client.upload(bytes, HOUR_MS);
      client.now += DAY_MS;
      expect(await client.image(ref)).not.toBeNull();
      await client.upload(bytes, 4 * DAY_MS);
      await client.upload(bytes, HOUR_MS);
      client.now += 3 * DAY_MS;
      expect(await client.image(ref)).not.toBeNull();
      client.now += DAY_MS;
      expect(await client.image(ref)).toBeNull();
    });

    test('are kept as long as a session with a turn that refers to them', async () => {
      const client = newClient();
      const first = await client.upload(randomBytes(9));
      await client.addTurn('a', { images: [first] });
      for (let n = 0; n < 5; n++) {
        client.now += 20 * DAY_MS;
        const second = await client.upload(randomBytes(9), HOUR_MS);
        await client.addTurn(`b${n}`, { images: n % 2 === 0 ? [second] : [] });
        expect(await client.image(second)).not.toBeNull();
      }
      expect(await client.image(first)).toMatchObject({ id: first.id });
      const { session } = await client.history();
      client.now = (session?.expiresAt ?? 0) - 1;
      expect(await client.image(first)).toMatchObject({ id: first.id });
    });

    test('are kept forever if their session is', async () => {
      const client = newClient();
      const ref = await client.upload(randomBytes(9), HOUR_MS);
      await client.addTurn('a', { images: [ref] });
      await store().change({ ...client.ref, change: { ttlMs: null } });
      client.now += 10_000 * DAY_MS;
      await client.addTurn('b');
      expect(await client.image(ref)).not.toBeNull();
    });

    test.each([
      ['clear', 'before'],
      ['clear', 'after'],
      ['remove', 'before'],
      ['remove', 'after'],
    ] as const)('survive a %s and its undo when sent %s it', async (how, when) => {
      const client = newClient();
      const ref = await client.upload(randomBytes(9), HOUR_MS);
      await client.addTurn('a', { images: when === 'before' ? [ref] : [] });
      await store()[how](client.ref);
      await client.addTurn('b', { images: when === 'after' ? [ref] : [] });
      await store().restore(client.ref);
      for (let n = 0; n < 5; n++) {
        client.now += 25 * DAY_MS;
        await client.addTurn(`c${n}`);
      }
      expect(await client.image(ref)).not.toBeNull();
      expect((await client.turn(when === 'before' ? 'a' : 'b')).user.images).toEqual([ref]);
    });

    describe('go with the last turn that refers to them, within a day', () => {
      /** Expects the image to be readable until `at`, and gone a day later. */
      const expectGoneAfter = async (client: SessionClient, ref: ImageRef, at: number) => {
        client.now = at - 1;
        expect(await client.image(ref)).not.toBeNull();
        client.now = at + IMAGE_GRACE_MS + 1;
        expect(await client.image(ref)).toBeNull();
      };
      const forever = { ttlMs: null };

      test('when their session expires', async () => {
        const client = newClient();
        const ref = await client.upload(randomBytes(9), HOUR_MS);
        await client.addTurn('a', { images: [ref] });
        client.now += 20 * DAY_MS;
        const { session } = await client.addTurn('b');
        await expectGoneAfter(client, ref, session.expiresAt ?? 0);
      });

      test.each(['clear', 'remove'] as const)('when a %s can no longer be undone', async (how) => {
        const client = newClient();
        const ref = await client.upload(randomBytes(9));
        await client.addTurn('a', { ...forever, images: [ref] });
        client.now += 5 * DAY_MS;
        await store()[how](client.ref);
        await expectGoneAfter(client, ref, client.now + UNDO_MS);
      });

      test('when the delete of a turn can no longer be undone', async () => {
        const client = newClient();
        const [ref, other] = [await client.upload(randomBytes(9)), await client.upload(randomBytes(9))];
        await client.addTurn('a', { ...forever, images: [ref, other] });
        await client.addTurn('b', { ...forever, images: [other] });
        await store().removeTurn(client.turnRef('a'));
        await expectGoneAfter(client, ref, client.now + UNDO_MS);
        client.now += 100 * DAY_MS;
        expect(await client.image(other)).not.toBeNull();
      });

      test('not when the delete of a turn was undone', async () => {
        const client = newClient();
        const ref = await client.upload(randomBytes(9));
        await client.addTurn('a', { ...forever, images: [ref] });
        await store().removeTurn(client.turnRef('a'));
        client.now += UNDO_MS - 1;
        await store().restoreTurn(client.turnRef('a'));
        client.now += 100 * DAY_MS;
        expect(await client.image(ref)).not.toBeNull();
      });

      test('not while another version has them, on the shown path or not', async () => {
        const client = newClient();
        const ref = await client.upload(randomBytes(9));
        for (const id of ['a', 'b', 'c'])
          await client.addTurn(id, { ...forever, images: [ref], parentId: null });
        await client.addTurn('d', { ...forever, parentId: null });
        await store().removeTurn(client.turnRef('a'));
        await store().removeTurn(client.turnRef('c'));
        client.now += 100 * DAY_MS;
        expect(await client.image(ref)).not.toBeNull();
        await store().removeTurn(client.turnRef('b'));
        await expectGoneAfter(client, ref, client.now + UNDO_MS);
      });

      test('not while another session has them', async () => {
        const client = newClient();
        const other = new SessionClient(store(), { owner: client.owner, now: client.now });
        const ref = await client.upload(randomBytes(9));
        await client.addTurn('a', { ...forever, images: [ref] });
        await other.addTurn('b', { ...forever, images: [ref] });
        await store().remove(client.ref);
        other.now += 100 * DAY_MS;
        expect(await other.image(ref)).not.toBeNull();
        await store().clear(other.ref);
        await expectGoneAfter(other, ref, other.now + UNDO_MS);
      });

      test('when the TTL of their session is shortened', async () => {
        const client = newClient();
        const [ref, other] = [await client.upload(randomBytes(9)), await client.upload(randomBytes(9))];
        await client.addTurn('a', { ...forever, images: [ref] });
        await client.addTurn('b', { ttlMs: 3 * DAY_MS });
        const second = new SessionClient(store(), { owner: client.owner, now: client.now });
        await second.addTurn('c', { ...forever, images: [other] });
        await store().change({ ...second.ref, change: { ttlMs: 3 * DAY_MS } });
        const end = client.now + 3 * DAY_MS;
        await expectGoneAfter(client, ref, end);
        await expectGoneAfter(second, other, end);
      });

      test('not when several clears and a remove were undone one by one', async () => {
        const client = newClient();
        const refs = [
          await client.upload(randomBytes(9)),
          await client.upload(randomBytes(9)),
          await client.upload(randomBytes(9)),
        ];
        for (const [n, ref] of refs.entries()) {
          await client.addTurn(`a${n}`, { ...forever, images: [ref] });
          if (n < 2) await store().clear(client.ref);
        }
        await store().remove(client.ref);
        client.now += UNDO_MS - 1;
        for (let n = 0; n < 3; n++)
          expect(await store().restore(client.ref)).toMatchObject({ kind: 'changed' });
        client.now += 100 * DAY_MS;
        for (const ref of refs) expect(await client.image(ref)).not.toBeNull();
        await store().remove(client.ref);
        for (const ref of refs) {
          const later = new SessionClient(store(), { owner: client.owner, now: client.now });
          await expectGoneAfter(later, ref, client.now + UNDO_MS);
        }
      });

      test('unless they were uploaded again after that turn', async () => {
        const client = newClient();
        const bytes = randomBytes(9);
        const ref = await client.upload(bytes);
        await client.addTurn('a', { ...forever, images: [ref] });
        await client.upload(bytes, 20 * DAY_MS);
        await store().remove(client.ref);
        client.now += 20 * DAY_MS - 1;
        expect(await client.image(ref)).not.toBeNull();
        client.now += DAY_MS;
        expect(await client.image(ref)).toBeNull();
      });

      test('not when a new turn in a removed session refers to them', async () => {
        const client = newClient();
        const ref = await client.upload(randomBytes(9));
        await client.addTurn('a', { ...forever, images: [ref] });
        await store().remove(client.ref);
        await client.addTurn('b', { ...forever, images: [ref] });
        client.now += 100 * DAY_MS;
        expect(await client.image(ref)).not.toBeNull();
        await store().remove(client.ref);
        await expectGoneAfter(client, ref, client.now + UNDO_MS);
      });
    });
  });
}
