import { type Guest, newGuest } from '@/lib/server/identity/guest-cookie';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openStore } from '@/lib/server/store/open-store';
import { textOf } from './replies';

/** The number of turns of each seeded conversation. */
export const LENGTHS = { short: 50, long: 5_000 } as const;

export type Length = keyof typeof LENGTHS;
export type SeededGuests = Record<Length, Guest>;

/** The last message of a seeded conversation. */
export const lastQuestion = (length: Length): string => questionOf(LENGTHS[length] - 1);

const questionOf = (n: number): string => `What does promise ${n} mean?`;

/** Writes a conversation of each length to the SQLite file at `path`, each for its own guest. */
export async function seedConversations(path: string): Promise<SeededGuests> {
  const store = await openStore({ driver: 'sqlite', path });
  const reply = textOf({ kind: 'mixed', kilobytes: 1 });
  const guests: SeededGuests = { short: newGuest(Date.now()), long: newGuest(Date.now()) };
  for (const length of ['short', 'long'] as const) {
    const client = new SessionClient(store, { owner: guests[length].owner });
    for (let n = 0; n < LENGTHS[length]; n += 1) {
      await client.mustBegin(`turn-${n}`, { content: questionOf(n) });
      await client.finish(`turn-${n}`, reply);
    }
  }
  await store.close();
  return guests;
}
