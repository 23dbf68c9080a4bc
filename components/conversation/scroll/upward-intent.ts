const UP_KEYS = ['ArrowUp', 'PageUp', 'Home'];

/** Whether this key scrolls the conversation up. In a field inside it, the same key means something else. */
export function isUpKey({ key, shiftKey, target, currentTarget }: React.KeyboardEvent): boolean {
  return target === currentTarget && (UP_KEYS.includes(key) || (key === ' ' && shiftKey));
}

/** A smaller movement of the finger is a tremble. Pixels. */
const TREMBLE = 3;

/** Whether the finger pulls the content down, which scrolls up. Heights in pixels from the top of the screen. */
export const isUpwardTouch = (start: number | null, now: number | undefined): boolean =>
  start !== null && now !== undefined && now - start > TREMBLE;
