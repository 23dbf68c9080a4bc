/**
 * A process of its own with the SQLite file that its argument names, for tests that kill it or replace the file. Each
 * line of its input is the id of a turn to add, or nothing; it answers with the ids of all turns, or why it cannot.
 */
import { createInterface } from 'node:readline';
import { ChatError } from '@/lib/chat/chat-error';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openStore } from '@/lib/server/store/open-store';

const store = await openStore({ driver: 'sqlite', path: process.argv[2] ?? '' });
const client = new SessionClient(store, { owner: 'owner', sessionId: 'session' });

for await (const id of createInterface({ input: process.stdin })) {
  const answer = await run(id).catch((error: unknown) =>
    error instanceof ChatError ? error.reason : String(error),
  );
  process.stdout.write(`${JSON.stringify({ answer })}\n`);
}
await store.close();

async function run(id: string): Promise<string[]> {
  if (id !== '') await client.addTurn(id);
  await store.check();
  return client.shownIds();
}
