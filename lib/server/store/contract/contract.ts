import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import type { Store } from '../store';
import { beginContract } from './begin-contract';
import { concurrencyProperty } from './concurrency-property';
import { deletionContract } from './deletion-contract';
import { deviceContract } from './device-contract';
import { expiryContract } from './expiry-contract';
import type { Newer } from './first-release/first-release-data';
import { firstReleaseContract } from './first-release-contract';
import { historyContract } from './history-contract';
import { imageContract } from './image-contract';
import { isolationContract } from './isolation-contract';
import { joinContract } from './join-contract';
import { limitsContract } from './limits-contract';
import { modelProperty } from './model-property';
import { newerReleaseContract } from './newer-release-contract';
import { removeTurnContract } from './remove-turn-contract';
import { SessionClient } from './session-client';
import { sessionsContract } from './sessions-contract';
import { undoContract } from './undo-contract';
import { writeContract } from './write-contract';

export interface Backend {
  store: Store;
  /** Everything that is stored, as text: a line for each key or row. */
  dump(): Promise<string[]>;
  /** What it says against keeping conversations in it. */
  warnings: StoreWarning[];
  /** A store with data of the first release, part of which a newer release may have written. */
  openFirstRelease(newer?: Newer): Promise<{ store: Store; close(): Promise<void> }>;
  /** Closes the store and the server that was started for it. */
  close(): Promise<void>;
}

/** The tests that every store must pass. `runs`: how many random histories it is compared with the model over. */
export function storeContract(name: string, start: () => Promise<Backend>, { runs }: { runs: number }): void {
  describe(`the store: ${name}`, () => {
    let backend: Backend | undefined;
    const store = () => {
      if (!backend) throw new Error('the backend has not started');
      return backend.store;
    };

    beforeAll(async () => {
      backend = await start();
    });
    afterAll(async () => {
      await backend?.close();
    });

    test('holds owners only once one has something', async () => {
      expect(await store().readSecret(`secret-${randomUUID()}`)).toBeNull();
      const { now } = new SessionClient(store());
      await store().takeRates({ rates: [{ name: 'any', rate: { count: 1, periodMs: 1_000 } }], now });
      expect(await store().mayHoldOwners()).toBe(false);
      await new SessionClient(store()).addTurn('a');
      expect(await store().mayHoldOwners()).toBe(true);
    });

    beginContract(store);
    writeContract(store);
    historyContract(store);
    sessionsContract(store);
    undoContract(store);
    removeTurnContract(store);
    isolationContract(store);
    expiryContract(store);
    imageContract(store);
    deviceContract(store);
    joinContract(store, () => backend?.dump() ?? Promise.resolve([]));
    deletionContract(store, () => backend?.dump() ?? Promise.resolve([]));
    limitsContract(store);
    const openFirstRelease = (newer?: Newer) => {
      if (!backend) throw new Error('the backend has not started');
      return backend.openFirstRelease(newer);
    };
    firstReleaseContract(openFirstRelease);
    newerReleaseContract(openFirstRelease);
    modelProperty(store, runs);
    concurrencyProperty(store, Math.ceil(runs / 4));

    test('gives all callers the secret that was stored first', async () => {
      const secretName = `secret-${randomUUID()}`;
      const candidates = Array.from({ length: 10 }, () => randomUUID());
      const kept = await Promise.all(candidates.map((candidate) => store().secret(secretName, candidate)));
      expect(new Set(kept).size).toBe(1);
      expect(candidates).toContain(kept[0]);
      expect(await store().secret(secretName, 'late')).toBe(kept[0]);
      expect(await store().readSecret(secretName)).toBe(kept[0]);
    });

    test('keeps a setting until it is changed or removed', async () => {
      const name = `setting-${randomUUID()}`;
      expect(await store().setting(name)).toBeNull();
      await store().putSetting(name, '17');
      await store().putSetting(name, '{"text":"18"}');
      expect(await store().setting(name)).toBe('{"text":"18"}');
      expect(await store().secret(name, 'another')).toBe('another');
      expect(await store().setting(name)).toBe('{"text":"18"}');
      await store().putSetting(name, null);
      await store().putSetting(name, null);
      expect(await store().setting(name)).toBeNull();
    });

    test('sweeps until there is nothing left to delete', async () => {
      const client = new SessionClient(store());
      await client.addTurn('a', { ttlMs: 1_000 });
      await client.addTurn('b', { ttlMs: null });
      while (await store().sweep({ now: client.now + 1_000_000 }));
      expect(await client.shownIds()).toEqual(['a', 'b']);
    });

    test('passes its own check', async () => {
      await store().check();
    });

    test('says why it may lose what it is given', async () => {
      expect(await store().warnings()).toEqual(backend?.warnings);
    });
  });
}
