/** What opened a list item or a footnote: lines indented to `content` columns or more are inside of it. */
export interface Item {
  content: number;
  /** Items of one kind that follow each other are one list. */
  kind: string;
  /** It begins even where a paragraph would go on. */
  interrupts: boolean;
  /** Nothing stands behind its marker: a blank line ends it. */
  empty: boolean;
}

const MARKER = /^ {0,3}(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)/;
const NOTE = /^ {0,3}\[\^[^\]\s]+\]:/;

export const THEMATIC_BREAK = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;

/** The first characters that a list marker can begin with. */
export const MARKER_STARTS = '-+*0123456789';

export function itemOf(line: string): Item | null {
  if (NOTE.test(line)) return { content: 4, kind: 'note', interrupts: true, empty: false };
  const marker = MARKER.exec(line);
  if (!marker || THEMATIC_BREAK.test(line)) return null;
  const [text, bullet, number, delimiter] = marker;
  const rest = line.slice(text.length);
  const blank = rest.trim() === '';
  const gap = indentOf(rest, text.length);
  return {
    // Five columns or more are one, and the rest is code; nothing at all is one.
    content: text.length + (blank || gap > 4 ? 1 : gap),
    kind: bullet ?? delimiter ?? '',
    interrupts: !blank && (number === undefined || Number(number) === 1),
    empty: blank,
  };
}

/** The width of the blanks that a line begins with; a tab goes to the next multiple of four columns. */
export function indentOf(line: string, from = 0): number {
  let column = from;
  for (const character of line) {
    if (character === ' ') column += 1;
    else if (character === '\t') column += 4 - (column % 4);
    else break;
  }
  return column - from;
}
