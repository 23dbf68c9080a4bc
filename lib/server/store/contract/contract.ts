import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { asideStories } from './aside-stories';
import { beginStories } from './begin-stories';
import { concurrencyStory } from './concurrency-story';
import { expiryStories } from './expiry-stories';
import { historyStories } from './history-stories';
import { imageStories } from './image-stories';
import { isolationStories } from './isolation-stories';
import { modelStory } from './model-story';
import { removeTurnStories } from './remove-turn-stories';
import { sessionsStories } from './sessions-stories';
import { writeStories } from './write-stories';

export interface Backend {
  store: Store;
  /** Ends the store, and the server that was started for it. */
  close(): Promise<void>;
}

/** What every store promises, told once. `runs`: how many random histories it is compared with the model over. */
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

    beginStories(store);
    writeStories(store);
    historyStories(store);
    sessionsStories(store);
    asideStories(store);
    removeTurnStories(store);
    isolationStories(store);
    expiryStories(store);
    imageStories(store);
    modelStory(store, runs);
    concurrencyStory(store, Math.ceil(runs / 4));

    test('the secret that was stored first wins, for everybody', async () => {
      const secretName = `secret-${randomUUID()}`;
      const candidates = Array.from({ length: 10 }, () => randomUUID());
      const kept = await Promise.all(candidates.map((candidate) => store().secret(secretName, candidate)));
      expect(new Set(kept).size).toBe(1);
      expect(candidates).toContain(kept[0]);
      expect(await store().secret(secretName, 'late')).toBe(kept[0]);
    });

    test('a store that works says so', async () => {
      await store().check();
    });
  });
}
