/** Pixels as the browser measures them, with fractions on scaled screens. */
export interface ScrollMetrics {
  top: number;
  /** The height of the content. */
  height: number;
  /** The height of the window onto it. */
  view: number;
}

export interface ScrollPin extends ScrollMetrics {
  /** The view follows the end of the conversation. */
  isPinned: boolean;
  /** Text was added at the end while the view was not pinned. */
  hasUnseen: boolean;
}

export type ScrollEvent =
  /** The reader wants to go up (wheel, finger or key), whether or not the view has moved yet. */
  | { type: 'up' }
  /** The view was scrolled, by anything. */
  | { type: 'scroll'; metrics: ScrollMetrics }
  /** The content or the window changed its size, and nobody scrolled. */
  | { type: 'resize'; metrics: ScrollMetrics }
  /** Text was added at the end of the conversation. */
  | { type: 'text' }
  /** The reader asked for the end, or sent a message. */
  | { type: 'jump' };

/** How close to the end counts as the end: a view on a scaled screen never quite reaches it. */
const SLACK = 4;

export const INITIAL_PIN: ScrollPin = { isPinned: true, hasUnseen: false, top: 0, height: 0, view: 0 };

/** How much content is below the window; never negative, even while iOS bounces. */
export const gapOf = ({ top, height, view }: ScrollMetrics): number => Math.max(0, height - view - top);

/**
 * Whether the view follows the end. Anything that says the reader wants to go up unpins it, so a streaming reply never
 * pulls a reader down again. Only reaching the end by scrolling down, or asking for it, pins.
 */
export function nextPin(pin: ScrollPin, event: ScrollEvent): ScrollPin {
  switch (event.type) {
    case 'jump':
      return { ...pin, isPinned: true, hasUnseen: false };
    case 'text':
      return pin.isPinned ? pin : { ...pin, hasUnseen: true };
    case 'up':
      // A flick on a conversation that cannot scroll up must not stop it from following the reply.
      return pin.top > 0 ? { ...pin, isPinned: false } : pin;
    case 'resize':
      return { ...pin, ...event.metrics };
    case 'scroll': {
      const isPinned = pinnedAfterScroll(pin, event.metrics);
      return { ...event.metrics, isPinned, hasUnseen: pin.hasUnseen && !isPinned };
    }
  }
}

function pinnedAfterScroll(pin: ScrollPin, metrics: ScrollMetrics): boolean {
  const isAtEnd = gapOf(metrics) <= SLACK;
  // Content that shrinks, as when a section closes, moves the view up without the reader.
  const hasShrunk = metrics.height < pin.height || metrics.view > pin.view;
  if (metrics.top < pin.top && !hasShrunk) return false;
  if (metrics.top > pin.top && isAtEnd) return true;
  return pin.isPinned;
}
