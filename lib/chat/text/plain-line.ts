import { isBlank, oneLine, TITLE_GRAPHEMES } from '../session';
import { plainText } from './plain-text';
import { texText } from './tex-text';

const PREVIEW_GRAPHEMES = 80;
/** More of a text is never seen in a line. */
const READ_CHARACTERS = 4_000;

/**
 * Stands before a stored line that is to be shown as it is. Invisible. Lines without it may be Markdown: the first release
 * stored titles and previews as they were written.
 */
const AS_IT_IS = '\u2060';

/** Only a text with one of these may be Markdown, HTML or LaTeX. */
const MARKUP = /[#*_`$\\|~[\]<>&=]|^\s*[-+]\s|-{3}/;

/** A title from the first message of a conversation, as it is stored. */
export const titleOf = (text: string): string => storedLine(plainLine(text, TITLE_GRAPHEMES));

/** A preview of the newest text, for a list of conversations, as it is stored. */
export const previewOf = (text: string): string => storedLine(plainLine(text, PREVIEW_GRAPHEMES));

/** The form in which a line is stored that `shownLine` is to return as it is. */
export const storedLine = (line: string): string => {
  const own = line.replaceAll(AS_IT_IS, '');
  return shownLine(own) === own ? own : AS_IT_IS + own;
};

/**
 * A stored title or preview as people see it: without Markdown and LaTeX, which older versions stored too. Empty if nothing
 * of it can be seen.
 */
export function shownLine(stored: string): string {
  const line = readStored(stored);
  return isBlank(line) ? '' : line;
}

function readStored(stored: string): string {
  if (stored.startsWith(AS_IT_IS)) return stored.slice(AS_IT_IS.length);
  if (!MARKUP.test(stored)) return stored;
  return withoutMarkup(unfolded(stored)) || stored;
}

/** The beginning of a Markdown text as one line of plain text. */
function plainLine(markdown: string, graphemes: number): string {
  const start = markdown.slice(0, READ_CHARACTERS);
  const plain = MARKUP.test(start) ? withoutMarkup(start) : start;
  return oneLine(plain, graphemes) || oneLine(markdown, graphemes);
}

/** Code, in which nothing is a formula; and formulas, with their delimiters. */
const CODE =
  /((?:^|\n) {0,3}(`{3,})[^\n]*\n[\s\S]*?(?:\n {0,3}\2`*(?=\n|$)|$)|(?<!`)(`+)(?!`)[^\n]*?[^`]\3(?!`))/;
const FORMULAS =
  /\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(?<![\p{L}\p{N}$\\])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?![\p{L}\p{N}$])/gu;
/** References to footnotes, and the marks before their text. */
const FOOTNOTES = /\[\^[^\]\s]{1,40}\]:?/g;
const TAGS = /<\/?(?:sub|sup|kbd|mark|u|details|summary|b|i|strong|em)\s*>/gi;

function withoutMarkup(markdown: string): string {
  const parts = markdown.split(CODE);
  // Each match of CODE is followed by its two marks, which are not text of their own.
  const prepared = parts
    .map((part, index) => (index % 4 === 0 ? withoutFormulas(part ?? '') : index % 4 === 1 ? part : ''))
    .join('');
  return plainText(prepared, 'screen').replace(/\s+/g, ' ').trim();
}

const withoutFormulas = (text: string): string =>
  text
    .replace(FORMULAS, (_, ...groups: (string | undefined)[]) => {
      const tex = groups.slice(0, 4).find((group) => group !== undefined) ?? '';
      // Its signs are text now, and must not be read as Markdown.
      return texText(tex).replace(/[*_`~[\]<>#|\\$]/g, '\\$&');
    })
    // Money, or a variable of a shell.
    .replace(/(?<!\\)\$/g, '\\$')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(FOOTNOTES, '')
    .replace(TAGS, '');

const CUT = /[*_~`$\\]*…$/;

/** Markdown that was folded into one line and cut: its fences, headings and tables stand within the line. */
function unfolded(line: string): string {
  const isTable = /\|\s*:?-{2,}/.test(line);
  let text = line
    .replace(CUT, '…')
    .replace(/(^|\s)(?:`{3,}|~{3,})[\w+#-]*/g, '$1')
    .replace(/(^|\s)#{1,6}\s+(?=\S)/g, '$1')
    .replace(/(^|\s)(?:\$\$|\\\[|\\\])(?=\s|$)(?![\s\S]*\$\$)/g, '$1');
  if (isTable) text = text.replace(/\|(?:\s*:?-+:?\s*\|?)+/g, ' ').replace(/\s*\|\s*/g, ' ');
  // A mark whose other half was cut off.
  if (line.endsWith('…'))
    for (const mark of ['**', '__', '~~', '`', '$$', '$', '\\(', '*', '_'])
      text = withoutLastOpen(text, mark);
  return text;
}

function withoutLastOpen(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  const isOpen =
    at >= 0 &&
    (at === 0 || /[\s(（“「，。：、；]/.test(text[at - 1] ?? '')) &&
    /\S/.test(text[at + mark.length] ?? '');
  const count = text.split(mark).length - 1;
  return isOpen && (count % 2 === 1 || mark === '\\(')
    ? text.slice(0, at) + text.slice(at + mark.length)
    : text;
}
