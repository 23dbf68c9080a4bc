import { applyEvent } from '@/lib/chat/apply-event';
import type { ChatEvent } from '@/lib/chat/events';
import type { Turn } from '@/lib/chat/turn';
import type { Cancel, Scheduler } from '../browser/scheduler';

/**
 * Two commits are at least this far apart, ms: smooth to the eye, and long enough to parse the Markdown again.
 */
export const COMMIT_MS = 50;

export interface EventBuffer {
  push(event: ChatEvent): void;
  /** Commits pending events now. */
  flush(): void;
  /** Drops pending events; nothing is committed after this. */
  close(): void;
}

/**
 * Applies events to their turn and commits it: the first `turn` and the `end` at once, text with the next
 * frame and at most every `COMMIT_MS`.
 */
export function createEventBuffer(scheduler: Scheduler, commit: (turn: Turn) => void): EventBuffer {
  let turn: Turn | null = null;
  let committedAt = Number.NEGATIVE_INFINITY;
  let cancel: Cancel | null = null;
  let isClosed = false;

  const flush = () => {
    if (!cancel || !turn || isClosed) return;
    cancel();
    cancel = null;
    committedAt = scheduler.now();
    commit(turn);
  };
  const schedule = () => {
    if (cancel) return;
    const wait = Math.max(0, committedAt + COMMIT_MS - scheduler.now());
    const inFrame = () => {
      cancel = scheduler.frame(flush);
    };
    cancel = wait > 0 ? scheduler.after(wait, inFrame) : scheduler.frame(flush);
  };

  return {
    flush,
    push(event) {
      // An `error` is followed by the `end`, whose turn has the error and the rest.
      if (event.type === 'error' || isClosed) return;
      const isFirst = turn === null;
      if (event.type === 'turn' || event.type === 'end') turn = event.turn;
      else if (turn) turn = applyEvent(turn, event);
      else return;
      schedule();
      if (isFirst || event.type === 'end') flush();
    },
    close() {
      isClosed = true;
      cancel?.();
    },
  };
}
