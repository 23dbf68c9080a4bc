import { setTimeout as pause } from 'node:timers/promises';
import { ChatError } from '@/lib/chat/chat-error';

/** How long a call waits for another process's write, in all. */
const MAX_WAIT_MS = 1_000;
const RETRY_EVERY_MS = 20;

/**
 * Runs `attempt` again while another process has locked the database, for up to a second. Between attempts the event loop
 * is free; SQLite's own wait would block it, and with it every streaming reply.
 */
export async function retryWhileLocked<T>(attempt: () => T): Promise<T> {
  const until = performance.now() + MAX_WAIT_MS;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const isLocked = error instanceof ChatError && error.reason === 'locked';
      if (!isLocked || performance.now() >= until) throw error;
    }
    await pause(RETRY_EVERY_MS);
  }
}
