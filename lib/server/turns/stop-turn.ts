import { ChatError } from '@/lib/chat/chat-error';
import type { Turn } from '@/lib/chat/turn';
import type { Services } from '@/lib/server/services';
import type { StoredTurn, TurnRef } from '@/lib/server/store/store';
import { withinMs } from '@/lib/server/within-ms';
import { endStoredTurn } from './end-stored-turn';

/** How long to wait for the producer to end the turn itself, with its newest text. */
const GRACE_MS = 1_000;
const POLL_MS = 100;

/**
 * Stops a turn, whichever process produces it, and returns the stored turn. A terminal turn is returned
 * unchanged.
 * @throws ChatError `not_found`.
 */
export async function stopTurn(services: Services, ref: TurnRef): Promise<Turn> {
  const { store, runs } = services;
  const run = runs.find(ref);
  if (run) {
    run.halt('stopped');
    const ended = await withinMs(run.ended, GRACE_MS);
    if (ended) return ended;
  }
  const stored = await store.requestStop({ ...ref, now: Date.now() });
  if (!stored) throw new ChatError('not_found');
  if (!stored.lease) return stored.turn;
  // If the run is in this process, its text is newer than the store's.
  const last = run ? { ...stored, turn: run.turn } : await waitForEnd(services, ref, stored);
  return (await endStoredTurn(services, ref, last, { status: 'stopped', ifExpired: false, now: Date.now() }))
    .turn;
}

/** Waits for another process to end the turn: it learns of the stop from the answer to its next write. */
async function waitForEnd({ store }: Services, ref: TurnRef, stored: StoredTurn): Promise<StoredTurn> {
  const until = Date.now() + GRACE_MS;
  let last = stored;
  while (last.lease && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    last = (await store.turn({ ...ref, now: Date.now() })) ?? last;
  }
  return last;
}
