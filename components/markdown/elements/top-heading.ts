import { createContext } from 'react';

/** How far the headings of a reply stand below the page's: the depth of its first one. */
export const TopHeading = createContext(1);

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
/** No mark that is looked for is longer. */
const LOOK_AT = 80;

/**
 * The depth, 1 to 6, of a text's first heading (`#`); 1 where there is none. Once it is there, nothing that follows
 * changes it: a reply that grows keeps its headings.
 */
export function topHeadingOf(text: string): number {
  let fence = '';
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const after = end < 0 ? text.length : end + 1;
    const line = text.slice(start, Math.min(after, start + LOOK_AT)).trimEnd();
    const mark = FENCE.exec(line)?.[1] ?? '';
    const heading = HEADING.exec(line)?.[1];
    if (fence === '' && heading) return heading.length;
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    start = after;
  }
  return 1;
}
