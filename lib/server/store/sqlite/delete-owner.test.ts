import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';

test('no earlier state of a turn is left in the file, however often it was saved', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'confab-delete-'));
  const store = await openStore({ driver: 'sqlite', path: join(folder, 'confab.sqlite') });
  try {
    const mine = new SessionClient(store);
    const theirs = new SessionClient(store);
    const mark = 'a-secret-of-mine';
    for (let n = 0; n < 20; n++)
      for (const client of [mine, theirs]) {
        const content = client === mine ? mark : 'a-text-of-another';
        await client.mustBegin(`t${n}`, { content: `${content} ${'x'.repeat((n * 97) % 400)}` });
        for (let saves = 1; saves < 8; saves++)
          await client.save(`t${n}`, `${content} ${'y'.repeat((saves * 613 + n * 89) % 5_000)}`);
        await client.finish(`t${n}`, content);
      }
    await store.deleteOwner({ owner: mine.owner, now: mine.now });
    const content = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(content.some((text) => text.includes(mark))).toBe(false);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
});

test('deleted text is overwritten in the file and its log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'confab-delete-'));
  const store = await openStore({ driver: 'sqlite', path: join(folder, 'confab.sqlite') });
  try {
    const client = new SessionClient(store);
    const [mark, kept] = ['a-secret-of-mine', 'a-text-of-another'];
    for (let n = 0; n < 30; n++) await client.addTurn(`t${n}`, { content: `${mark} ${'x'.repeat(3_000)}` });
    await client.upload(Buffer.from(`${mark} ${'x'.repeat(50_000)}`));
    await new SessionClient(store).addTurn('a', { content: kept });
    const content = () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join();
    expect(content()).toContain(mark);
    await store.deleteOwner({ owner: client.owner, now: client.now });
    expect(content()).not.toContain(mark);
    expect(content()).toContain(kept);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
});
