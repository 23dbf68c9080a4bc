import { createContext } from 'react';

/** The depth of a reply's first heading, which its other headings are ranked by. */
export const TopHeading = createContext(1);

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
/** The marks that are searched for end within this many characters of a line. */
const MARK_CHARACTERS = 80;

/**
 * The depth, 1 to 6, of the first heading (`#`) of a text; 1 if it has none. More text never changes it, so a streaming
 * reply keeps its heading levels.
 */
export function topHeadingOf(text: string): number {
  let fence = '';
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const after = end < 0 ? text.length : end + 1;
    const line = text.slice(start, Math.min(after, start + MARK_CHARACTERS)).trimEnd();
    const mark = FENCE.exec(line)?.[1] ?? '';
    const heading = HEADING.exec(line)?.[1];
    if (fence === '' && heading) return heading.length;
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    start = after;
  }
  return 1;
}
