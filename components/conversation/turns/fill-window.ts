/** What a turn has around its words: names, actions, margins. Pixels. */
const AROUND = 150;
const LINE = 27;
/** A character of the text; a Chinese one is wider, so that its turn is taller than this says. */
const CHARACTER = 8.5;
/** However short they are. */
const MOST = 12;

/** About how tall the turn with this text is, rather less than it will be: too many drawn cost time, too few would be seen. */
export function guessHeight(text: string, width: number): number {
  const perLine = Math.max(20, Math.min(width, 740) / CHARACTER);
  let lines = 0;
  for (const line of text.split('\n')) lines += line === '' ? 0 : Math.ceil(line.length / perLine);
  return AROUND + lines * LINE;
}

/** The first of `ids`, in their order, that fill so many windows. `heightOf` as `guessHeight`. */
export function fillWindow(
  ids: readonly string[],
  { height, windows }: { height: number; windows: number },
  heightOf: (id: string) => number,
): string[] {
  const filling: string[] = [];
  let filled = 0;
  for (const id of ids) {
    if (filled >= height * windows || filling.length === MOST) break;
    filling.push(id);
    filled += heightOf(id);
  }
  return filling;
}
