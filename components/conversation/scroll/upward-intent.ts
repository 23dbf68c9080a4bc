const UP_KEYS = ['ArrowUp', 'PageUp', 'Home'];

/** A key that scrolls up, pressed in the conversation itself (in a field it means something else). */
export function isUpKey({ key, shiftKey, target, currentTarget }: React.KeyboardEvent): boolean {
  return target === currentTarget && (UP_KEYS.includes(key) || (key === ' ' && shiftKey));
}

/** Pixels a finger may tremble. */
const TREMBLE = 3;

/** A finger that moves down pulls the content down: the reader goes up. */
export const upwardTouch = (start: number | null, now: number | undefined): boolean =>
  start !== null && now !== undefined && now - start > TREMBLE;
