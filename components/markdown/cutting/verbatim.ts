import { OpenFence } from '@/lib/chat/text/code-in-markdown';

/** A construct whose lines are taken as they are (code, raw HTML), and how it ends. */
export interface Verbatim {
  endsAt(line: string): boolean | 'before';
  /** It ends on the line that opens it. */
  endsAtOnce: boolean;
  /** A blank line ends it. */
  endsAtBlank: boolean;
  /** It is code, which holds no formulas. */
  isCode?: boolean;
}

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)/;

/**
 * Start and end of the kinds of raw HTML that may contain blank lines (CommonMark 0.31.2, section 4.6, kinds 1 to 5).
 */
const HTML: [RegExp, RegExp][] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[ \t>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<![a-z]/i, />/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
];

const BLOCK_TAGS =
  'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt ' +
  'fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link ' +
  'main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead ' +
  'title tr track ul';
const BLOCK_TAG = new RegExp(`^ {0,3}</?(?:${BLOCK_TAGS.replaceAll(' ', '|')})(?:[ \\t>]|/>|$)`, 'i');
const WHOLE_TAG =
  /^ {0,3}<(?:[a-z][\w-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?|\/[a-z][\w-]*\s*)>\s*$/i;

const BLANK = /^[ \t]*$/;
const untilBlank: Verbatim = { endsAt: (line) => BLANK.test(line), endsAtOnce: false, endsAtBlank: true };
const until = (endsAt: Verbatim['endsAt'], endsAtOnce = false): Verbatim => ({
  endsAt,
  endsAtOnce,
  endsAtBlank: false,
});

/** What a line outside of all lists and quotes opens. */
export function verbatimOf(line: string): Verbatim | null {
  const [, marks, info = ''] = FENCE.exec(line) ?? [];
  if (marks) {
    const fence = new OpenFence(marks, info);
    return { ...until((next) => fence.closes(next)), isCode: true };
  }
  const html = HTML.find(([opens]) => opens.test(line));
  if (html) return until((next) => html[1].test(next), html[1].test(line));
  return BLOCK_TAG.test(line) ? untilBlank : null;
}

/** Shown as elements, so a line of one is text like any other. */
const INLINE_TAG = /^ {0,3}<\/?(?:br|sub|sup|kbd|mark|u)[ \t]*\/?>[ \t]*$/i;

/** A line that is one tag of any other name: raw HTML up to a blank line, unless it continues a paragraph. */
export const tagOf = (line: string): Verbatim | null =>
  WHOLE_TAG.test(line) && !INLINE_TAG.test(line) ? untilBlank : null;
