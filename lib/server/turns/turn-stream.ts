import { encodeComment } from '@/lib/chat/event-codec';

/** Where the frames for one reader go. */
export interface Sink {
  send(frame: Uint8Array): void;
  close(): void;
  /** True while the reader is too slow for what is sent. */
  readonly overflowing: boolean;
  /** Calls back once, when the reader has caught up. */
  onDrain(listener: () => void): void;
}

const HEARTBEAT_MS = 15_000;
/** Frames that may queue for a slow reader before it is sent the whole turn instead. */
const QUEUE_FRAMES = 512;

const heartbeat = new TextEncoder().encode(encodeComment());

/** For at most this long, a reader whose device was signed out can go on reading. */
export const READER_CHECK_MS = 5_000;

/** Whether a reader may still read. */
export type ReaderCheck = () => Promise<boolean>;

/**
 * A stream of server-sent events. `attach` is called once, and returns a function that detaches. The stream ends once
 * `mayRead` resolves to false; a check that fails ends nothing.
 */
export function turnStream(
  attach: (sink: Sink) => () => void,
  mayRead?: ReaderCheck,
): ReadableStream<Uint8Array> {
  let detach = () => {};
  let isClosed = false;
  let heartbeats: ReturnType<typeof setInterval> | undefined;
  let checks: ReturnType<typeof setInterval> | undefined;
  let onDrain: (() => void) | null = null;
  const end = () => {
    isClosed = true;
    clearInterval(heartbeats);
    clearInterval(checks);
    detach();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const sink: Sink = {
          send: (frame) => {
            if (!isClosed) controller.enqueue(frame);
          },
          close: () => {
            if (isClosed) return;
            end();
            controller.close();
          },
          get overflowing() {
            return (controller.desiredSize ?? 0) <= 0;
          },
          onDrain: (listener) => {
            onDrain = listener;
          },
        };
        // Proxies close a silent connection, and a model that does not show its reasoning is silent for long.
        heartbeats = setInterval(() => sink.send(heartbeat), HEARTBEAT_MS);
        if (mayRead)
          checks = setInterval(() => {
            mayRead().then(
              (may) => may || sink.close(),
              () => undefined,
            );
          }, READER_CHECK_MS);
        detach = attach(sink);
        if (isClosed) detach();
      },
      pull() {
        const listener = onDrain;
        onDrain = null;
        listener?.();
      },
      cancel: end,
    },
    { highWaterMark: QUEUE_FRAMES },
  );
}
