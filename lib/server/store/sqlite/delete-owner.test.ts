import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';

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
