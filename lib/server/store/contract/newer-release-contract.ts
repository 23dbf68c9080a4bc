import { describe, expect, onTestFinished, test } from 'vitest';
import type { StoreReason } from '@/lib/chat/errors';
import type { Store } from '../store';
import { firstRelease, NEWER_OWNER, type Newer } from './first-release/first-release-data';
import { SessionClient } from './session-client';

/** How a server behaves after a downgrade, or when it shares its store with a newer one. */
export function newerReleaseContract(
  open: (newer: Newer) => Promise<{ store: Store; close(): Promise<void> }>,
): void {
  describe('data of a newer release', () => {
    const because = (reason: StoreReason) => ({ code: 'store_unavailable', reason });

    async function start(newer: Newer) {
      const { store, close } = await open(newer);
      onTestFinished(close);
      const client = (sessionId: string, assistantId = 'assistant') =>
        new SessionClient(store, { owner: NEWER_OWNER, sessionId, assistantId, now: firstRelease.now });
      return { store, client };
    }

    test('a conversation is named as newer, not as damaged, and stays as it is', async () => {
      const { store, client } = await start('record');
      const tree = client('tree');
      const newer = because('newer_record');
      await expect(tree.history()).rejects.toMatchObject(newer);
      await expect(store.turn(tree.turnRef('t3'))).rejects.toMatchObject(newer);
      await expect(tree.begin('next')).rejects.toMatchObject(newer);
      await expect(tree.begin('next')).rejects.toMatchObject(newer);
      await expect(store.turn(tree.turnRef('t3'))).rejects.toMatchObject(newer);
    });

    test('other conversations are not affected, and neither is the health of the store', async () => {
      const { store, client } = await start('record');
      const pinned = client('pinned', 'teacher');
      expect(await pinned.shownIds()).toEqual(['p1']);
      await pinned.addTurn('p2', { ttlMs: null });
      expect(await pinned.shownIds()).toEqual(['p1', 'p2']);
      const { sessions } = await store.sessions({ owner: NEWER_OWNER, limit: 50, now: firstRelease.now });
      expect(sessions.map(({ id }) => id)).toContain('tree');
      expect(sessions.map(({ id }) => id)).toContain('live');
      await store.check();
    });

    test('a store of a newer form fails its check, and is not changed', async () => {
      const { store } = await start('store');
      await expect(store.check()).rejects.toMatchObject(because('newer'));
      await expect(store.check()).rejects.toMatchObject(because('newer'));
    });
  });
}
