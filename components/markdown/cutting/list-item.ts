/** A list item or footnote: lines indented by at least `content` columns belong to it. */
export interface Item {
  content: number;
  /** Consecutive items of the same kind form one list. */
  kind: string;
  /** It can interrupt a paragraph. */
  interrupts: boolean;
  /** Its marker is followed by nothing, so a blank line ends it. */
  isEmpty: boolean;
}

const MARKER = /^ {0,3}(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)/;
const FOOTNOTE = /^ {0,3}\[\^[^\]\s]+\]:/;

export const THEMATIC_BREAK = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;

/** The characters that a list marker can start with. */
export const MARKER_STARTS = '-+*0123456789';

export function itemOf(line: string): Item | null {
  if (FOOTNOTE.test(line)) return { content: 4, kind: 'footnote', interrupts: true, isEmpty: false };
  const marker = MARKER.exec(line);
  if (!marker || THEMATIC_BREAK.test(line)) return null;
  const [text, bullet, number, delimiter] = marker;
  const rest = line.slice(text.length);
  const isBlank = rest.trim() === '';
  const spaces = indentOf(rest, text.length);
  return {
    // Five columns or more count as one, and the rest is indented code. No content counts as one too.
    content: text.length + (isBlank || spaces > 4 ? 1 : spaces),
    kind: bullet ?? delimiter ?? '',
    interrupts: !isBlank && (number === undefined || Number(number) === 1),
    isEmpty: isBlank,
  };
}

/** The width of a line's indentation in columns; a tab goes to the next multiple of four. */
export function indentOf(line: string, from = 0): number {
  let column = from;
  for (const character of line) {
    if (character === ' ') column += 1;
    else if (character === '\t') column += 4 - (column % 4);
    else break;
  }
  return column - from;
}
