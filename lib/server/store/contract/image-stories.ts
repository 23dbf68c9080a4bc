import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
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
      await talk.upload(bytes, null);
      await talk.upload(bytes, HOUR_MS);
      talk.now += 10_000 * DAY_MS;
      expect(await talk.image(ref)).not.toBeNull();
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
  });
}
