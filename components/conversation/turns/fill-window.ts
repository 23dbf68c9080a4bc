/** The height of a turn without its text: names, actions, margins. Pixels. */
const TURN_CHROME = 150;
const LINE_HEIGHT = 27;
/** Of a Latin character. Chinese ones are wider, so that their turns are taller than guessed. */
const CHARACTER_WIDTH = 8.5;
/** At most this many turns are drawn to fill a window, however short they are. */
const MAX_TURNS = 12;

/**
 * About how tall a turn with this text is, in pixels. Rather too low: drawing too many turns costs time, but a plain
 * turn in the window would be seen.
 */
export function guessHeight(text: string, width: number): number {
  const perLine = Math.max(20, Math.min(width, 740) / CHARACTER_WIDTH);
  let lines = 0;
  for (const line of text.split('\n')) lines += line === '' ? 0 : Math.ceil(line.length / perLine);
  return TURN_CHROME + lines * LINE_HEIGHT;
}

/** The first of `ids`, in their order, that together are as tall as `windows` windows of this height. */
export function fillWindow(
  ids: readonly string[],
  { height, windows }: { height: number; windows: number },
  heightOf: (id: string) => number,
): string[] {
  const filling: string[] = [];
  let filled = 0;
  for (const id of ids) {
    if (filled >= height * windows || filling.length === MAX_TURNS) break;
    filling.push(id);
    filled += heightOf(id);
  }
  return filling;
}
