import type { ChatEvent } from '@/lib/chat/events';
import { isLive, type Turn } from '@/lib/chat/turn';
import { log, reasonOf } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import type { TurnRef } from '@/lib/server/store/store';
import { frameOf, type LiveRun } from './live-run';
import { settleIfDead } from './settle';

/** Where a reader's events go. `overflowing`: the reader is too slow for what is sent. */
export interface Sink {
  send(frame: Uint8Array): void;
  close(): void;
  readonly overflowing: boolean;
  /** Calls back once when the reader has caught up. */
  onDrain(listener: () => void): void;
}

const POLL_LEAST_MS = 250;
const POLL_MOST_MS = 1_000;

/** Follows a run of this process: the turn as it is now, then every event. @returns how to leave. */
export function followRun(run: LiveRun, sink: Sink): () => void {
  let lagging = false;
  sink.send(frameOf({ type: 'turn', turn: run.turn }));
  const leave = run.listen(
    (event, frame) => {
      if (event.type === 'end') {
        sink.send(frame);
        sink.close();
      } else if (sink.overflowing && !lagging) {
        // A reader that cannot keep up is sent the whole once it has drained, instead of an ever longer queue.
        lagging = true;
        sink.onDrain(() => {
          lagging = false;
          sink.send(frameOf({ type: 'turn', turn: run.turn }));
        });
      } else if (!lagging) {
        sink.send(frame);
      }
    },
    () => sink.close(),
  );
  return leave;
}

/**
 * Follows a turn that another process produces: reads it at intervals that grow while nothing comes, and sends what
 * was added. @returns how to leave.
 */
export function followStored(services: Services, ref: TurnRef, known: Turn, sink: Sink): () => void {
  let left = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = known;
  let wait = POLL_LEAST_MS;

  const tell = (turn: Turn): void => {
    for (const event of difference(shown, turn)) sink.send(frameOf(event));
    wait = turn.updatedAt === shown.updatedAt ? Math.min(wait * 1.5, POLL_MOST_MS) : POLL_LEAST_MS;
    shown = turn;
  };
  const look = async (): Promise<void> => {
    const now = Date.now();
    const stored = await services.store.turn({ ...ref, now });
    if (left) return;
    if (!stored) return sink.close();
    const { turn } = await settleIfDead(services, ref, stored, now);
    if (left) return;
    if (isLive(turn)) {
      tell(turn);
      schedule();
    } else {
      sink.send(frameOf({ type: 'end', sessionId: ref.sessionId, turn }));
      sink.close();
    }
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      look().catch((error: unknown) => {
        // The reader's own words for a lost connection are the right ones: it comes back and is told what is wrong.
        log('warn', 'follow_failed', { reason: reasonOf(error) });
        if (!left) sink.close();
      });
    }, wait);
  };

  sink.send(frameOf({ type: 'turn', turn: known }));
  schedule();
  return () => {
    left = true;
    clearTimeout(timer);
  };
}

/** What a reader of `before` must be told to have `after`: what was added, or the whole where it is no extension. */
function difference(before: Turn, after: Turn): ChatEvent[] {
  const events: ChatEvent[] = [];
  for (const type of ['reasoning', 'content'] as const) {
    if (!after.reply[type].startsWith(before.reply[type])) return [{ type: 'turn', turn: after }];
    const added = after.reply[type].slice(before.reply[type].length);
    if (added) events.push({ type, content: added });
  }
  return events;
}
