import type { ChatEvent } from '@/lib/chat/events';
import type { Scheduler } from '../browser/scheduler';
import { createEventDecoder } from './event-decoder';

/** `end`: the reply is complete. `cut`: the connection was lost, the reply goes on. `closed`: this page closed it. */
export type StreamOutcome = 'end' | 'cut' | 'closed';

/** The server sends a comment every 15 s, so a connection that is silent for longer than this is dead, ms. */
export const SILENCE_MS = 40_000;

interface ReadOptions {
  signal: AbortSignal;
  scheduler: Scheduler;
  onEvent: (event: ChatEvent) => void;
}

/**
 * Reads a body to its `end` event. Never rejects: a network error, a body that stops without `end`, a malformed frame
 * and a silence longer than `SILENCE_MS` are all a cut (Safari rejects a frozen read with `Load failed` after it wakes).
 */
export async function readStream(
  body: ReadableStream<Uint8Array>,
  { signal, scheduler, onEvent }: ReadOptions,
): Promise<StreamOutcome> {
  const reader = body.getReader();
  const decoder = createEventDecoder();
  // Cancelling the reader ends a pending read with `done`, even where an abort does not reach the body.
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  let stopWatch = scheduler.after(SILENCE_MS, cancel);

  try {
    for (;;) {
      const read = await reader.read().catch(() => null);
      if (signal.aborted) return 'closed';
      if (!read || read.done) return 'cut';
      stopWatch();
      stopWatch = scheduler.after(SILENCE_MS, cancel);
      for (const decoded of decoder.push(read.value)) {
        if (decoded.kind === 'malformed') return 'cut';
        if (decoded.kind === 'unknown') continue;
        onEvent(decoded.event);
        if (decoded.event.type === 'end') return 'end';
        if (signal.aborted) return 'closed';
      }
    }
  } finally {
    stopWatch();
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
