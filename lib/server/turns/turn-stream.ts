import { encodeComment } from '@/lib/chat/event-codec';
import type { Sink } from './follow-turn';

const HEARTBEAT_MS = 15_000;
/** Frames that may wait for a slow reader before it is sent the whole turn instead. */
const QUEUE = 512;

const heartbeat = new TextEncoder().encode(encodeComment());

/** A stream of server-sent events. `attach` is called once and returns how to leave. */
export function turnStream(attach: (sink: Sink) => () => void): ReadableStream<Uint8Array> {
  let leave = () => {};
  let closed = false;
  let beat: ReturnType<typeof setInterval> | undefined;
  let drained: (() => void) | null = null;
  const end = () => {
    closed = true;
    clearInterval(beat);
    leave();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const sink: Sink = {
          send: (frame) => {
            if (!closed) controller.enqueue(frame);
          },
          close: () => {
            if (closed) return;
            end();
            controller.close();
          },
          get overflowing() {
            return (controller.desiredSize ?? 0) <= 0;
          },
          onDrain: (listener) => {
            drained = listener;
          },
        };
        // A comment keeps proxies from closing a connection on which a model only thinks.
        beat = setInterval(() => sink.send(heartbeat), HEARTBEAT_MS);
        leave = attach(sink);
        if (closed) leave();
      },
      pull() {
        const listener = drained;
        drained = null;
        listener?.();
      },
      cancel: end,
    },
    { highWaterMark: QUEUE },
  );
}
