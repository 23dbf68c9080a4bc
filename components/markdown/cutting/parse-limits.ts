/** Characters of one block beyond which it is shown as it is: no parse may hold the page. */
const LONGEST = 24_000;
/** Quotes and lists in one another. */
const DEEPEST = 24;
/** Marks whose pairs have to be found. */
const MOST_MARKS = 1_200;
/** Marks in a row. */
const LONGEST_RUN = 120;

/**
 * Text that no person writes and no reader misses the form of: parsing it takes longer than a page may stand still.
 * It is shown plain.
 */
export function isTooHard(text: string): boolean {
  if (text.length > LONGEST) return true;
  if (text.length < LONGEST_RUN) return false;
  return runs(text) || marks(text) > MOST_MARKS || depth(text) > DEEPEST;
}

const RUN = new RegExp(`[\\[\\]()!<*_\`~|\\\\]{${LONGEST_RUN},}|(?:[>+*-][ \\t]*){${DEEPEST},}[^\\s>+*-]`);
const runs = (text: string) => RUN.test(text);

function marks(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1)
    if ('[]*_`~<$'.includes(text.charAt(index))) count += 1;
  return count;
}

/** Each level of a list takes two columns or more. */
const depth = (text: string) =>
  Math.max(0, ...(text.match(/^[ \t]*(?=[-+*\d>])/gm) ?? []).map((indent) => indent.length / 2));
