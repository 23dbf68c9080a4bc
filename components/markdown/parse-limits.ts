/** Characters. */
const LONGEST_BLOCK = 24_000;
/** Nested quotes and lists. */
const DEEPEST = 24;
/** Characters that may open or close markup, which the parser has to pair. */
const MOST_MARKS = 1_200;
/** Such characters in a row. */
const LONGEST_RUN = 120;

/**
 * Whether a block would take so long to parse that the page freezes. No person writes such text; it is shown as plain
 * text.
 */
export function exceedsParseLimits(text: string): boolean {
  if (text.length > LONGEST_BLOCK) return true;
  if (text.length < LONGEST_RUN) return false;
  return hasLongRun(text) || countMarks(text) > MOST_MARKS || depthOf(text) > DEEPEST;
}

const RUN = new RegExp(`[\\[\\]()!<*_\`~|\\\\]{${LONGEST_RUN},}|(?:[>+*-][ \\t]*){${DEEPEST},}[^\\s>+*-]`);
const hasLongRun = (text: string) => RUN.test(text);

function countMarks(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1)
    if ('[]*_`~<$'.includes(text.charAt(index))) count += 1;
  return count;
}

/** An estimate: each level of a list is indented by at least two columns. */
const depthOf = (text: string) =>
  Math.max(0, ...(text.match(/^[ \t]*(?=[-+*\d>])/gm) ?? []).map((indent) => indent.length / 2));
