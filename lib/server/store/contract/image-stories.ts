import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ImageRef } from '@/lib/chat/turn';
import { IMAGE_GRACE_MS, type Store, UNDO_MS } from '../store';
import { DAY_MS, Talk } from './talk';

const HOUR_MS = 3_600_000;

export function imageStories(store: () => Store): void {
  const aTalk = () => new Talk(store());

  describe('images', () => {
    test.each([1, 524_999, 525_000, 525_001, 2_000_000])('%i bytes come back as they were', async (size) => {
      const talk = aTalk();
      const bytes = randomBytes(size);
      const ref = await talk.upload(bytes);
      const found = await talk.image(ref);
      expect({ ...found, data: null }).toEqual({ ...ref, data: null });
      expect(Buffer.compare(found?.data ?? Buffer.of(), bytes)).toBe(0);
    });

    test('are of one owner; to everybody else there are none', async () => {
      const talk = aTalk();
      const ref = await talk.upload(randomBytes(10));
      expect(await aTalk().image(ref)).toBeNull();
      expect(await talk.image({ id: 'unknown' })).toBeNull();
    });

    test('owners and ids that look alike do not meet', async () => {
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

    test('that no turn refers to are gone at their end', async () => {
      const talk = aTalk();
      const ref = await talk.upload(randomBytes(10), HOUR_MS);
      talk.now += HOUR_MS - 1;
      expect(await talk.image(ref)).not.toBeNull();
      talk.now += 1;
      expect(await talk.image(ref)).toBeNull();
      // A begin sweeps; what it swept stays away.
      await talk.say('a');
      expect(await talk.image(ref)).toBeNull();
    });

    test('that are put again are kept for the longer of the two', async () => {
      const talk = aTalk();
      const bytes = randomBytes(600_000);
      const ref = await talk.upload(bytes, 2 * DAY_MS);
      await talk.upload(bytes, HOUR_MS);
      talk.now += DAY_MS;
      expect(await talk.image(ref)).not.toBeNull();
      await talk.upload(bytes, 4 * DAY_MS);
      await talk.upload(bytes, HOUR_MS);
      talk.now += 3 * DAY_MS;
      expect(await talk.image(ref)).not.toBeNull();
      talk.now += DAY_MS;
      expect(await talk.image(ref)).toBeNull();
    });

    test('live as long as a session with a turn that refers to them, whatever its later turns say', async () => {
      const talk = aTalk();
      const first = await talk.upload(randomBytes(9));
      await talk.say('a', { images: [first] });
      for (let n = 0; n < 5; n++) {
        talk.now += 20 * DAY_MS;
        const second = await talk.upload(randomBytes(9), HOUR_MS);
        await talk.say(`b${n}`, { images: n % 2 === 0 ? [second] : [] });
        expect(await talk.image(second)).not.toBeNull();
      }
      expect(await talk.image(first)).toMatchObject({ id: first.id });
      const { session } = await talk.history();
      talk.now = (session?.expiresAt ?? 0) - 1;
      expect(await talk.image(first)).toMatchObject({ id: first.id });
    });

    test('of a session that is kept for ever are kept for ever', async () => {
      const talk = aTalk();
      const ref = await talk.upload(randomBytes(9), HOUR_MS);
      await talk.say('a', { images: [ref] });
      await store().change({ ...talk.ref, change: { ttlMs: null } });
      talk.now += 10_000 * DAY_MS;
      await talk.say('b');
      expect(await talk.image(ref)).not.toBeNull();
    });

    test.each([
      ['clear', 'before'],
      ['clear', 'after'],
      ['remove', 'before'],
      ['remove', 'after'],
    ] as const)('are kept over a %s and its undo, if sent %s it', async (how, when) => {
      const talk = aTalk();
      const ref = await talk.upload(randomBytes(9), HOUR_MS);
      await talk.say('a', { images: when === 'before' ? [ref] : [] });
      await store()[how](talk.ref);
      await talk.say('b', { images: when === 'after' ? [ref] : [] });
      await store().restore(talk.ref);
      for (let n = 0; n < 5; n++) {
        talk.now += 25 * DAY_MS;
        await talk.say(`c${n}`);
      }
      expect(await talk.image(ref)).not.toBeNull();
      expect((await talk.stored(when === 'before' ? 'a' : 'b')).user.images).toEqual([ref]);
    });

    describe('go with the last turn that refers to them, within a day', () => {
      /** Readable until `at`, and gone a day later. */
      const goesAt = async (talk: Talk, ref: ImageRef, at: number) => {
        talk.now = at - 1;
        expect(await talk.image(ref)).not.toBeNull();
        talk.now = at + IMAGE_GRACE_MS + 1;
        expect(await talk.image(ref)).toBeNull();
      };
      const forever = { ttlMs: null };

      test('when their session expires', async () => {
        const talk = aTalk();
        const ref = await talk.upload(randomBytes(9), HOUR_MS);
        await talk.say('a', { images: [ref] });
        talk.now += 20 * DAY_MS;
        const { session } = await talk.say('b');
        await goesAt(talk, ref, session.expiresAt ?? 0);
      });

      test.each(['clear', 'remove'] as const)('when a %s can no longer be undone', async (how) => {
        const talk = aTalk();
        const ref = await talk.upload(randomBytes(9));
        await talk.say('a', { ...forever, images: [ref] });
        talk.now += 5 * DAY_MS;
        await store()[how](talk.ref);
        await goesAt(talk, ref, talk.now + UNDO_MS);
      });

      test('when the delete of a turn can no longer be undone', async () => {
        const talk = aTalk();
        const [ref, other] = [await talk.upload(randomBytes(9)), await talk.upload(randomBytes(9))];
        await talk.say('a', { ...forever, images: [ref, other] });
        await talk.say('b', { ...forever, images: [other] });
        await store().removeTurn(talk.turnRef('a'));
        await goesAt(talk, ref, talk.now + UNDO_MS);
        talk.now += 100 * DAY_MS;
        expect(await talk.image(other)).not.toBeNull();
      });

      test('not when the delete of a turn was undone', async () => {
        const talk = aTalk();
        const ref = await talk.upload(randomBytes(9));
        await talk.say('a', { ...forever, images: [ref] });
        await store().removeTurn(talk.turnRef('a'));
        talk.now += UNDO_MS - 1;
        await store().restoreTurn(talk.turnRef('a'));
        talk.now += 100 * DAY_MS;
        expect(await talk.image(ref)).not.toBeNull();
      });

      test('not while another version has them, on the shown path or not', async () => {
        const talk = aTalk();
        const ref = await talk.upload(randomBytes(9));
        for (const id of ['a', 'b', 'c']) await talk.say(id, { ...forever, images: [ref], parentId: null });
        await talk.say('d', { ...forever, parentId: null });
        await store().removeTurn(talk.turnRef('a'));
        await store().removeTurn(talk.turnRef('c'));
        talk.now += 100 * DAY_MS;
        expect(await talk.image(ref)).not.toBeNull();
        await store().removeTurn(talk.turnRef('b'));
        await goesAt(talk, ref, talk.now + UNDO_MS);
      });

      test('not while another session has them', async () => {
        const talk = aTalk();
        const other = new Talk(store(), { owner: talk.owner, now: talk.now });
        const ref = await talk.upload(randomBytes(9));
        await talk.say('a', { ...forever, images: [ref] });
        await other.say('b', { ...forever, images: [ref] });
        await store().remove(talk.ref);
        other.now += 100 * DAY_MS;
        expect(await other.image(ref)).not.toBeNull();
        await store().clear(other.ref);
        await goesAt(other, ref, other.now + UNDO_MS);
      });

      test('when their session is kept for a shorter time from now on', async () => {
        const talk = aTalk();
        const [ref, other] = [await talk.upload(randomBytes(9)), await talk.upload(randomBytes(9))];
        await talk.say('a', { ...forever, images: [ref] });
        await talk.say('b', { ttlMs: 3 * DAY_MS });
        const second = new Talk(store(), { owner: talk.owner, now: talk.now });
        await second.say('c', { ...forever, images: [other] });
        await store().change({ ...second.ref, change: { ttlMs: 3 * DAY_MS } });
        const end = talk.now + 3 * DAY_MS;
        await goesAt(talk, ref, end);
        await goesAt(second, other, end);
      });

      test('not when a clear or a remove was undone, one after the other', async () => {
        const talk = aTalk();
        const refs = [
          await talk.upload(randomBytes(9)),
          await talk.upload(randomBytes(9)),
          await talk.upload(randomBytes(9)),
        ];
        for (const [n, ref] of refs.entries()) {
          await talk.say(`a${n}`, { ...forever, images: [ref] });
          if (n < 2) await store().clear(talk.ref);
        }
        await store().remove(talk.ref);
        talk.now += UNDO_MS - 1;
        for (let n = 0; n < 3; n++)
          expect(await store().restore(talk.ref)).toMatchObject({ kind: 'changed' });
        talk.now += 100 * DAY_MS;
        for (const ref of refs) expect(await talk.image(ref)).not.toBeNull();
        await store().remove(talk.ref);
        for (const ref of refs) {
          const later = new Talk(store(), { owner: talk.owner, now: talk.now });
          await goesAt(later, ref, talk.now + UNDO_MS);
        }
      });

      test('unless they were put again: then as any that no turn refers to', async () => {
        const talk = aTalk();
        const bytes = randomBytes(9);
        const ref = await talk.upload(bytes);
        await talk.say('a', { ...forever, images: [ref] });
        await talk.upload(bytes, 20 * DAY_MS);
        await store().remove(talk.ref);
        talk.now += 20 * DAY_MS - 1;
        expect(await talk.image(ref)).not.toBeNull();
        talk.now += DAY_MS;
        expect(await talk.image(ref)).toBeNull();
      });

      test('not when a turn that has them comes in the session that was deleted', async () => {
        const talk = aTalk();
        const ref = await talk.upload(randomBytes(9));
        await talk.say('a', { ...forever, images: [ref] });
        await store().remove(talk.ref);
        await talk.say('b', { ...forever, images: [ref] });
        talk.now += 100 * DAY_MS;
        expect(await talk.image(ref)).not.toBeNull();
        await store().remove(talk.ref);
        await goesAt(talk, ref, talk.now + UNDO_MS);
      });
    });
  });
}
