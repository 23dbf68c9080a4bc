import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encodeId } from '../encode-id';
import type { Store } from '../store';
import { DAY_MS, SessionClient } from './session-client';

const GUEST_LIMITS = {
  turns: { count: 9, periodMs: 60_000 },
  replies: 9,
  dailyTokens: 1e9,
  storageBytes: 1e9,
};

/** Stores one of everything for an owner, each with the text `mark` in it. */
async function fill(client: SessionClient, mark: string): Promise<void> {
  const { store, owner } = client;
  const image = await client.upload(Buffer.from(`${mark} ${randomBytes(800_000).toString('base64')}`));
  await client.upload(Buffer.from(`${mark} never sent`));
  await client.addTurn('a', { content: mark, images: [image] });
  await client.addTurn('b', { content: mark, limits: { guest: GUEST_LIMITS } });
  await client.addTurn('c', { content: mark, parentId: 'a' });
  await store.removeTurn(client.turnRef('b'));
  const more = () => new SessionClient(store, { owner, now: client.now });
  const [cleared, removed, live] = [more(), more(), more()];
  for (const session of [cleared, removed]) await session.addTurn('a', { content: mark, images: [image] });
  await store.clear(cleared.ref);
  await cleared.addTurn('b', { content: mark });
  await store.remove(removed.ref);
  await live.begin('a', { content: mark });
  const device = { id: randomUUID(), issuedAt: client.now };
  await store.seeDevice({ owner, device, name: mark, now: client.now });
  const other = { ...device, id: randomUUID() };
  await store.seeDevice({ owner, device: other, name: mark, now: client.now });
  await store.revokeDevice({ owner, deviceId: other.id, now: client.now });
}

export function deletionContract(store: () => Store, dump: () => Promise<string[]>): void {
  describe('deleting everything of an owner', () => {
    const aboutEither = async (...marks: string[]) =>
      (await dump()).filter((line) => marks.some((mark) => line.includes(mark)));

    test.each(['', 'a:b}*', '[x]?'])(
      'leaves no key, row or text, but the time (owner with %j)',
      async (strange) => {
        const mark = `secret-${randomUUID()}`;
        const client = new SessionClient(store(), { owner: `${randomUUID()}${strange}` });
        await fill(client, mark);
        const owner = encodeId(client.owner);
        expect((await aboutEither(owner, mark)).length).toBeGreaterThan(10);
        await store().deleteOwner({ owner: client.owner, now: client.now });
        const left = await aboutEither(owner, mark);
        expect(left).toHaveLength(1);
        const [line = ''] = left;
        expect(line.replace(owner, '').match(/\w+/g)).toEqual(
          expect.not.arrayContaining([expect.stringContaining('secret')]),
        );
        expect(line).toContain(String(client.now));
        expect(line.length).toBeLessThan(owner.length + 60);
      },
    );

    test('leaves nothing that has lost its owner', async () => {
      const client = new SessionClient(store());
      const before = (await dump()).length;
      await fill(client, 'text');
      await store().deleteOwner({ owner: client.owner, now: client.now });
      expect((await dump()).length).toBeLessThanOrEqual(before + 1);
    });

    test('leaves everything of everybody else', async () => {
      const [client, other] = [new SessionClient(store()), new SessionClient(store())];
      const near = new SessionClient(store(), { owner: `${client.owner}x` });
      for (const one of [client, other, near]) await fill(one, `mark-${one.owner}`);
      const others = (line: string) => line.includes(other.owner) || line.includes(near.owner);
      const before = (await dump()).filter(others).sort();
      await store().deleteOwner({ owner: client.owner, now: client.now });
      expect((await dump()).filter(others).sort()).toEqual(before);
      expect(await other.shownIds()).toEqual(['a', 'c']);
    });

    test('refuses every cookie that was issued before, and none that is issued later', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      const { owner, now } = client;
      const see = (id: string, issuedAt: number) =>
        store().seeDevice({ owner, device: { id, issuedAt }, name: '', now: issuedAt });
      expect(await see('one', now)).toBe(true);
      await store().deleteOwner({ owner, now: now + 10 });
      expect(await see('one', now)).toBe(false);
      expect(await see('never-seen', now + 10)).toBe(false);
      expect(await client.begin('b', { device: { id: 'one', issuedAt: now } })).toEqual({ kind: 'revoked' });
      expect(await see('new', now + 11)).toBe(true);
    });

    test('may keep what was used of the day, and nothing else', async () => {
      const mark = `secret-${randomUUID()}`;
      const client = new SessionClient(store());
      const limits = { guest: { dailyTokens: 100 } };
      await fill(client, mark);
      const session = new SessionClient(store(), { owner: client.owner, now: client.now });
      await session.begin('used', { limits });
      const turn = { ...(await session.turn('used')), status: 'done' as const };
      await session.write('used', { turn, use: { tokens: 100, cost: 0.5 } });
      const { owner, now } = client;
      await store().deleteOwner({ owner, keepsUse: true, now });
      expect(await session.begin('more', { limits })).toMatchObject({
        kind: 'limited',
        refusal: { limit: 'tokens' },
      });
      expect(await aboutEither(mark)).toEqual([]);
      expect((await aboutEither(encodeId(owner))).length).toBeLessThanOrEqual(3);
      session.now += DAY_MS;
      expect(await session.begin('tomorrow', { limits })).toMatchObject({ kind: 'begun' });
      await store().deleteOwner({ owner, now: session.now });
      expect(await aboutEither(encodeId(owner))).toHaveLength(1);
    });

    test('refuses an upload that was on its way, and leaves nothing of it', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a');
      const { owner, now } = client;
      const device = { id: randomUUID(), issuedAt: now };
      const image = {
        id: 'picture',
        type: 'image/png' as const,
        width: 1,
        height: 1,
        data: randomBytes(2_000_000),
      };
      const upload = (at: number) =>
        store().putImage({
          owner,
          device: { ...device, issuedAt: at },
          image,
          ttlMs: 1e6,
          limits: { guest: GUEST_LIMITS },
          now: at,
        });
      const underWay = upload(now);
      await store().deleteOwner({ owner, now: now + 1 });
      expect([null, 'revoked']).toContain(await underWay);
      expect(await upload(now)).toBe('revoked');
      expect(await store().image({ owner, imageId: image.id, now: now + 1 })).toBeNull();
      expect(await aboutEither(encodeId(owner))).toHaveLength(1);
      expect(await upload(now + 2)).toBeNull();
    });

    test('ends a live turn: its producer cannot write any more', async () => {
      const client = new SessionClient(store());
      await client.begin('a');
      await store().deleteOwner({ owner: client.owner, now: client.now });
      expect(await client.write('a')).toEqual({ held: false, stored: null });
      expect(await client.session()).toBeNull();
    });

    test('stores nothing for an owner who has nothing, because anybody can make such owners', async () => {
      const owner = randomUUID();
      const before = (await dump()).sort();
      await store().deleteOwner({ owner, now: Date.now() });
      expect((await dump()).sort()).toEqual(before);
    });

    test('keeps the time of an owner who has nothing but an upload', async () => {
      const client = new SessionClient(store());
      await client.upload(Buffer.from('an upload'));
      await store().deleteOwner({ owner: client.owner, now: client.now });
      expect(await aboutEither(encodeId(client.owner))).toEqual([
        expect.stringContaining(String(client.now)),
      ]);
    });

    test('can be repeated', async () => {
      const client = new SessionClient(store());
      await fill(client, 'text');
      for (const at of [client.now, client.now + 1])
        await store().deleteOwner({ owner: client.owner, now: at });
      expect(await client.session()).toBeNull();
    });
  });
}
