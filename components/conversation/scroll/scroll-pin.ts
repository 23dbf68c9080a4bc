/** Where the view stands. Pixels, as the browser measures them (fractions on scaled screens). */
export interface Place {
  top: number;
  /** Height of all that can be scrolled. */
  height: number;
  /** Height of the window onto it. */
  view: number;
}

export interface Pin extends Place {
  /** The view follows what arrives at the bottom. */
  pinned: boolean;
  /** Strings came at the end that the reader, who is elsewhere, has not seen. */
  news: boolean;
}

export type PinEvent =
  /** The person means to go up (wheel, finger, key), whether or not the view has moved yet. */
  | { type: 'up' }
  /** The view was scrolled, by anything. */
  | { type: 'scroll'; place: Place }
  /** The content or the window changed its size; nobody scrolled. */
  | { type: 'resize'; place: Place }
  /** Strings came at the end of the conversation. */
  | { type: 'words' }
  /** The person asked for the newest, or sent a message. */
  | { type: 'jump' };

/** Screens with fractions of pixels never quite reach the end. */
const SLACK = 4;

export const INITIAL_PIN: Pin = { pinned: true, news: false, top: 0, height: 0, view: 0 };

export const gapOf = ({ top, height, view }: Place): number => Math.max(0, height - view - top);

/**
 * The view is pinned only by being at the bottom, and any upward intent unpins it: a reply that streams never pulls
 * a reader down again. Only reaching the bottom by going down, or asking for it, pins.
 */
export function nextPin(pin: Pin, event: PinEvent): Pin {
  switch (event.type) {
    case 'jump':
      return { ...pin, pinned: true, news: false };
    case 'words':
      return pin.pinned ? pin : { ...pin, news: true };
    case 'up':
      // With nothing above there is nowhere to go: a flick on a short conversation must not stop the following.
      return pin.top > 0 ? { ...pin, pinned: false } : pin;
    case 'resize':
      return { ...pin, ...event.place };
    case 'scroll': {
      const pinned = pinnedAfter(pin, event.place);
      return { ...event.place, pinned, news: pin.news && !pinned };
    }
  }
}

function pinnedAfter(pin: Pin, place: Place): boolean {
  const atBottom = gapOf(place) <= SLACK;
  // Content that shrank (a fold closed) pushes the view up by itself: that is nobody's intent.
  const shrank = place.height < pin.height || place.view > pin.view;
  if (place.top < pin.top && !shrank) return false;
  if (place.top > pin.top && atBottom) return true;
  return pin.pinned;
}
