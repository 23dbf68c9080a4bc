import { ChatError } from '@/lib/chat/chat-error';
import type { ChatEvent } from '@/lib/chat/events';
import { isLive, type Turn } from '@/lib/chat/turn';
import { log, reasonOf } from '@/lib/server/log';
import type { Services } from '@/lib/server/services';
import type { TurnRef } from '@/lib/server/store/store';
import { frameOf, type LiveRun } from './live-run';
import { settleIfDead } from './settle';
import { type ReaderCheck, type Sink, turnStream } from './turn-stream';

const SHORTEST_POLL_MS = 250;
const LONGEST_POLL_MS = 1_000;

/**
 * Streams a turn that has begun: from memory if this process produces it, else from the store. A terminal
 * turn is `turn` and `end` at once. Closing the stream does not stop the turn. The stream ends once `mayRead` says no.
 * @throws ChatError `not_found`.
 */
export async function followTurn(
  services: Services,
  ref: TurnRef,
  mayRead?: ReaderCheck,
): Promise<ReadableStream<Uint8Array>> {
  const run = services.runs.find(ref);
  if (run) return followRun(run, mayRead);
  const now = Date.now();
  const found = await services.store.turn({ ...ref, now });
  if (!found) throw new ChatError('not_found');
  const { turn, lease } = await settleIfDead(services, ref, found, now);
  if (lease) return turnStream((sink) => followStored(services, ref, turn, sink), mayRead);
  return turnStream((sink) => {
    sink.send(frameOf({ type: 'turn', turn }));
    sink.send(frameOf({ type: 'end', sessionId: ref.sessionId, turn }));
    sink.close();
    return () => {};
  });
}

/** Streams a run of this process: the turn as it is now, then every event. */
export const followRun = (run: LiveRun, mayRead?: ReaderCheck): ReadableStream<Uint8Array> =>
  turnStream((sink) => {
    let isBehind = false;
    sink.send(frameOf({ type: 'turn', turn: run.turn }));
    return run.listen(
      (event, frame) => {
        if (event.type === 'end') {
          sink.send(frame);
          sink.close();
        } else if (sink.overflowing && !isBehind) {
          // A slow reader gets the whole turn once it has drained, instead of an ever longer queue.
          isBehind = true;
          sink.onDrain(() => {
            isBehind = false;
            sink.send(frameOf({ type: 'turn', turn: run.turn }));
          });
        } else if (!isBehind) {
          sink.send(frame);
        }
      },
      () => sink.close(),
    );
  }, mayRead);

/**
 * Follows a turn that another process produces: polls the store, less and less often while nothing changes,
 * and sends what was added. Returns a function that stops the polling.
 */
function followStored(services: Services, ref: TurnRef, stored: Turn, sink: Sink): () => void {
  let hasStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = stored;
  let pollMs = SHORTEST_POLL_MS;

  const sendChanges = (turn: Turn): void => {
    for (const event of difference(sent, turn)) sink.send(frameOf(event));
    pollMs = turn.updatedAt === sent.updatedAt ? Math.min(pollMs * 1.5, LONGEST_POLL_MS) : SHORTEST_POLL_MS;
    sent = turn;
  };
  const poll = async (): Promise<void> => {
    const now = Date.now();
    const found = await services.store.turn({ ...ref, now });
    if (hasStopped) return;
    if (!found) return sink.close();
    const { turn } = await settleIfDead(services, ref, found, now);
    if (hasStopped) return;
    if (isLive(turn)) {
      sendChanges(turn);
      schedule();
    } else {
      sink.send(frameOf({ type: 'end', sessionId: ref.sessionId, turn }));
      sink.close();
    }
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      poll().catch((error: unknown) => {
        // The reader reconnects, and learns what is wrong from the answer to that request.
        log('warn', 'follow_failed', { reason: reasonOf(error) });
        if (!hasStopped) sink.close();
      });
    }, pollMs);
  };

  sink.send(frameOf({ type: 'turn', turn: stored }));
  schedule();
  return () => {
    hasStopped = true;
    clearTimeout(timer);
  };
}

/** The text that one field of the reply has gained, as an event; null if its new text is not an extension of the old. */
function addedText(type: 'reasoning' | 'content', before: Turn, after: Turn): ChatEvent[] | null {
  if (!after.reply[type].startsWith(before.reply[type])) return null;
  const content = after.reply[type].slice(before.reply[type].length);
  return content ? [{ type, content }] : [];
}

/**
 * How each event shows in the stored turn, in the order in which the events are sent. A new event type needs a row, so that
 * readers on other instances get it too. `turn` and `end` are sent with whole turns, and `error` is part of the last one.
 */
const FIND_EVENTS: Record<
  Exclude<ChatEvent['type'], 'turn' | 'end' | 'error'>,
  (before: Turn, after: Turn) => ChatEvent[] | null
> = {
  reasoning: (before, after) => addedText('reasoning', before, after),
  content: (before, after) => addedText('content', before, after),
};

/** The events that turn `before` into `after`, or the whole turn if no such events can be found. */
function difference(before: Turn, after: Turn): ChatEvent[] {
  const found = Object.values(FIND_EVENTS).map((find) => find(before, after));
  const events = found.filter((list) => list !== null);
  return events.length < found.length ? [{ type: 'turn', turn: after }] : events.flat();
}
