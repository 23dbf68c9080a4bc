import { setTimeout as pause } from 'node:timers/promises';
import { ChatError } from '@/lib/chat/errors';

/** How long a call waits for another process's write. */
const PATIENCE_MS = 1_000;
const LOOK_EVERY_MS = 20;

/**
 * Runs `attempt` until the database is not locked by another process, for a second. SQLite's own wait would hold the
 * whole process, and with it every reply that streams: between two attempts everybody else goes on.
 */
export async function whenFree<T>(attempt: () => T): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const isLocked = error instanceof ChatError && error.reason === 'locked';
      if (!isLocked || performance.now() >= until) throw error;
    }
    await pause(LOOK_EVERY_MS);
  }
}
