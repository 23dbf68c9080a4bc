import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encodeId } from '../encode-id';
import type { Store } from '../store';
import { DAY_MS, SessionClient } from './session-client';

export function joinContract(store: () => Store, dump: () => Promise<string[]>): void {
  const newClient = () => new SessionClient(store());
  const join = (from: SessionClient, to: SessionClient) =>
    store().joinOwner({ from: from.owner, to: to.owner, now: from.now });
  /** The same session, seen by another owner. */
  const as = (to: SessionClient, session: SessionClient) =>
    new SessionClient(store(), { owner: to.owner, sessionId: session.sessionId, now: session.now });
  const about = async (client: SessionClient) =>
    (await dump()).filter((line) => line.includes(encodeId(client.owner)));
  const list = (client: SessionClient) =>
    store().sessions({ owner: client.owner, limit: 50, now: client.now });

  describe('joining an owner to another', () => {
    test('moves its sessions with all versions, deleted turns, settings and order', async () => {
      const [from, to] = [newClient(), newClient()];
      await to.addTurn('own');
      await from.addTurns('a', 'b', 'c');
      await from.addTurn('b2', { parentId: 'a' });
      await store().removeTurn(from.turnRef('b2'));
      await store().change({ ...from.ref, change: { pinned: true, title: 'mine', ttlMs: null } });
      const other = new SessionClient(store(), { owner: from.owner, now: from.now - 5_000 });
      await other.addTurn('x');
      const before = await from.history();
      expect(await join(from, to)).toEqual({ kind: 'joined' });
      const moved = as(to, from);
      expect(await moved.history()).toEqual(before);
      expect((await list(to)).sessions.map(({ id }) => id)).toEqual([
        from.sessionId,
        to.sessionId,
        other.sessionId,
      ]);
      await moved.setHead('c');
      expect(await moved.shownIds()).toEqual(['a', 'b', 'c']);
      await store().restoreTurn(moved.turnRef('b2'));
      expect((await moved.history()).versions).toMatchObject({ b: ['b', 'b2'] });
      await moved.addTurn('d');
      expect(await moved.shownIds()).toEqual(['a', 'b', 'c', 'd']);
    });

    test('moves what can be undone', async () => {
      const [from, to] = [newClient(), newClient()];
      const removed = new SessionClient(store(), { owner: from.owner, now: from.now });
      await from.addTurn('a');
      await removed.addTurn('r');
      await store().clear(from.ref);
      await from.addTurn('b');
      await store().remove(removed.ref);
      await join(from, to);
      expect((await list(to)).total).toBe(1);
      for (const one of [from, removed]) await store().restore(as(to, one).ref);
      expect(await as(to, from).shownIds()).toEqual(['a']);
      expect(await as(to, removed).shownIds()).toEqual(['r']);
      expect((await list(to)).total).toBe(2);
    });

    test('moves images, and keeps them as long as the sessions that need them', async () => {
      const [from, to] = [newClient(), newClient()];
      const shared = randomBytes(700_000);
      const [ref, upload] = [await from.upload(shared), await from.upload(randomBytes(9))];
      await to.upload(shared, 1_000);
      await from.addTurn('a', { images: [ref], ttlMs: null });
      await join(from, to);
      const moved = as(to, from);
      expect(Buffer.compare((await moved.image(ref))?.data ?? Buffer.of(), shared)).toBe(0);
      expect(await moved.image(upload)).not.toBeNull();
      expect(await from.image(ref)).toBeNull();
      moved.now += 100 * DAY_MS;
      expect(await moved.image(ref)).not.toBeNull();
      expect(await moved.image(upload)).toBeNull();
      await store().remove(moved.ref);
      moved.now += 2 * DAY_MS;
      expect(await moved.image(ref)).toBeNull();
    });

    test('gives a session another id if its own is taken, and keeps both', async () => {
      const from = newClient();
      const to = new SessionClient(store(), { sessionId: from.sessionId, now: from.now });
      await from.addTurn('theirs');
      await to.addTurn('ours');
      await join(from, to);
      expect(await to.shownIds()).toEqual(['ours']);
      const { sessions, total } = await list(to);
      expect(total).toBe(2);
      const other = sessions.find(({ id }) => id !== to.sessionId)?.id ?? '';
      expect(await new SessionClient(store(), { owner: to.owner, sessionId: other }).shownIds()).toEqual([
        'theirs',
      ]);
    });

    test('waits for a live turn, and lets no other begin', async () => {
      const [from, to] = [newClient(), newClient()];
      await from.begin('a');
      const busy = { kind: 'busy', sessionId: from.sessionId, turnId: 'a' };
      expect(await join(from, to)).toEqual(busy);
      const device = { id: 'one', issuedAt: from.now };
      expect(await from.begin('b', { device })).toEqual({ kind: 'revoked' });
      await from.finish('a');
      expect(await join(from, to)).toEqual({ kind: 'joined' });
      expect(await as(to, from).shownIds()).toEqual(['a']);
    });

    test('leaves nothing behind but the time, and changes nothing when it is made again', async () => {
      const [from, to] = [newClient(), newClient()];
      const ref = await from.upload(randomBytes(9));
      await from.addTurn('a', { images: [ref] });
      await join(from, to);
      expect(await about(from)).toHaveLength(1);
      expect((await about(to)).filter((line) => line.includes('join'))).toEqual([]);
      const before = (await about(to)).sort();
      expect(await join(from, to)).toEqual({ kind: 'joined' });
      expect((await about(to)).sort()).toEqual(before);
    });

    test('is for a device that is signed in', async () => {
      const [from, to, other] = [newClient(), newClient(), newClient()];
      await from.addTurn('a');
      await from.begin('live');
      const { owner, now } = from;
      const device = { id: 'one', issuedAt: now };
      await store().seeDevice({ owner, device, name: '', now });
      const gone = { id: 'two', issuedAt: now };
      await store().seeDevice({ owner, device: gone, name: '', now });
      await store().revokeDevice({ owner, deviceId: 'two', now });
      const joinAs = (by: typeof device, target: SessionClient) =>
        store().joinOwner({ from: owner, device: by, to: target.owner, now });
      expect(await joinAs(gone, to)).toEqual({ kind: 'revoked' });
      expect(await from.shownIds()).toEqual(['a', 'live']);
      expect(await joinAs(device, to)).toMatchObject({ kind: 'busy' });
      expect(await joinAs(device, other)).toEqual({ kind: 'revoked' });
      await from.finish('live');
      expect(await joinAs(device, to)).toEqual({ kind: 'joined' });
      expect(await joinAs(device, to)).toEqual({ kind: 'revoked' });
    });

    test('counts what was moved towards the storage of the new owner', async () => {
      const [from, to] = [newClient(), newClient()];
      const counted = { guest: { storageBytes: 1_000_000 } };
      await from.addTurn('a', { content: 'x'.repeat(5_000), limits: counted });
      const image = { id: crypto.randomUUID(), type: 'image/png', width: 1, height: 1 } as const;
      await store().putImage({
        owner: from.owner,
        image: { ...image, data: randomBytes(5_000) },
        ttlMs: DAY_MS,
        limits: counted,
        now: from.now,
      });
      await join(from, to);
      const within = async (storageBytes: number) =>
        (await to.begin(crypto.randomUUID(), { limits: { guest: { storageBytes } } })).kind;
      expect(await within(9_000)).toBe('limited');
      expect(await within(30_000)).toBe('begun');
    });

    test('with nothing to move does no harm', async () => {
      const [from, to] = [newClient(), newClient()];
      await to.addTurn('a');
      expect(await join(from, to)).toEqual({ kind: 'joined' });
      expect(await to.shownIds()).toEqual(['a']);
    });
  });
}
