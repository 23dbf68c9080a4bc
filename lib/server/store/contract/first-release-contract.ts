import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { firstRelease as expected } from './first-release/first-release-data';
import { SessionClient } from './session-client';

const GUEST = 'first-release-guest';
const OTHER = 'first-release-other-guest';
const MINUTE_MS = 60_000;

/**
 * The first release (0.1.0) wrote the data in `first-release/`. `expected.json` is what it read back at the
 * time `expected.now`, and every later release has to read the same. The tests change the data, so their
 * order matters.
 */
export function firstReleaseContract(open: () => Promise<{ store: Store; close(): Promise<void> }>): void {
  describe('data of the first release', () => {
    let opened: Awaited<ReturnType<typeof open>> | undefined;
    const store = () => {
      if (!opened) throw new Error('the store has not been opened');
      return opened.store;
    };
    const { now, images } = expected;
    const client = (sessionId: string, owner = GUEST) =>
      new SessionClient(store(), { owner, sessionId, now });
    const read = async (owner: string, sessionId: string) => {
      const page = await store().history({ owner, sessionId, limit: 50, now });
      return { total: page.total, turns: page.turns, versions: page.versions };
    };

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened?.close();
    });

    test('the secret of guest cookies is read, so that every guest is recognised', async () => {
      expect(await store().secret('auth', 'another')).toBe('first-release-secret-of-guest-cookies-0123456');
    });

    test.each([GUEST, OTHER] as const)('the sessions of %s are listed', async (owner) => {
      const { sessions, total } = await store().sessions({ owner, limit: 50, now });
      expect(sessions).toEqual(expected.sessions[owner]);
      expect(total).toBe(expected.sessions[owner].length);
    });

    test.each([GUEST, OTHER] as const)('every turn and version of %s is read as it was', async (owner) => {
      const histories: Record<string, unknown> = {};
      for (const { id } of expected.sessions[owner]) histories[id] = await read(owner, id);
      expect(histories).toEqual(expected.histories[owner]);
    });

    test('versions are grouped by their user message, which the first release did not hash', async () => {
      const { userHashes } = await client('tree').history();
      expect(userHashes.t2).toBe(userHashes['t2-regenerated']);
      expect(userHashes.t2).not.toBe(userHashes['t2-edited']);
    });

    test('images are read, each only by its owner', async () => {
      for (const name of ['red', 'blue'] as const) {
        const image = await client('tree').image(images[name]);
        expect(image).toMatchObject(images[name]);
        expect(
          createHash('sha256')
            .update(image?.data ?? '')
            .digest('base64url'),
        ).toBe(images[name].id);
      }
      expect(await client('tree', OTHER).image(images.red)).toMatchObject(images.red);
      expect(await client('tree', OTHER).image(images.blue)).toBeNull();
    });

    test('an earlier version is shown again, and a turn is added after it', async () => {
      const tree = client('tree');
      await tree.setHead('t2');
      expect(await tree.shownIds()).toEqual(['t1', 't2']);
      await tree.addTurn('t2-next', { ttlMs: null });
      expect(await tree.shownIds()).toEqual(['t1', 't2', 't2-next']);
      await tree.setHead('t6');
      expect(await tree.shownIds()).toEqual(['t1', 't2-edited', 't3', 't4', 't5', 't6']);
    });

    test('a deleted turn is restored, and one whose undo has run out stays blank', async () => {
      const thinned = client('thinned');
      expect(await store().restoreTurn(thinned.turnRef('d1'))).toBeNull();
      expect((await store().restoreTurn(thinned.turnRef('d2')))?.turn.user.content).toBe('says d2');
      expect(await thinned.shownIds()).toEqual(['d2', 'd3']);
    });

    test('a removed session is restored with its image', async () => {
      const removed = client('removed');
      expect(await removed.session()).toBeNull();
      await store().restore(removed.ref);
      expect(await removed.shownIds()).toEqual(['r1', 'r2']);
      expect(await removed.image(images.kept)).toMatchObject(images.kept);
    });

    test('a clear is undone, and what was written since becomes a version', async () => {
      const cleared = client('cleared');
      await store().restore(cleared.ref);
      expect(await cleared.shownIds()).toEqual(['c1', 'c2']);
      expect((await cleared.history()).versions).toMatchObject({ c1: ['c1', 'c3'] });
    });

    test('a turn whose server died is settled with the text so far', async () => {
      const live = client('live');
      const turn = await live.turn('l2');
      expect(turn).toMatchObject({ status: 'streaming', reply: { content: 'and then the serv' } });
      const ended = { ...turn, status: 'interrupted' as const };
      expect(await live.write('l2', { turn: ended, ifExpired: true })).toMatchObject({ held: true });
      await live.addTurn('l3', { ttlMs: null });
      expect(await live.shownIds()).toEqual(['l1', 'l2', 'l3']);
    });

    test('a session with its own time is kept until then', async () => {
      const late = client('own-time');
      late.now =
        (expected.sessions[GUEST].find(({ id }) => id === late.sessionId)?.expiresAt ?? 0) - MINUTE_MS;
      expect(await late.shownIds()).toEqual(['o1']);
      late.now += MINUTE_MS;
      expect(await late.session()).toBeNull();
    });

    test('deleting everything of its guest leaves nothing, and nobody else loses anything', async () => {
      await store().deleteOwner({ owner: GUEST, now });
      expect((await store().sessions({ owner: GUEST, limit: 50, now })).total).toBe(0);
      expect(await client('tree').image(images.red)).toBeNull();
      expect(await read(OTHER, 'tree')).toEqual(expected.histories[OTHER].tree);
    });
  });
}
