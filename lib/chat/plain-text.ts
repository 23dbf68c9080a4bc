/**
 * `page`: to be pasted somewhere, with the addresses of links. `voice`: to be read out, without addresses and code.
 * `screen`: the words that are seen in a reply, to look for some in it.
 */
export type PlainTextFor = 'page' | 'voice' | 'screen';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const TABLE_RULE = /^ {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$/;
/** A thematic break, the line under a heading, the dollars around a formula. */
const BARE_MARKS = /^ {0,3}(?:(?:[-*_] *){3,}|=+|\$\$|\\[[\]])\s*$/;
const DEFINITION = /^ {0,3}\[(?!\^)[^\]\n]+\]:\s*\S+.*$/;

/** What begins a line, and what stands for it. */
const PREFIXES: readonly [RegExp, string][] = [
  [/^( {0,3}> ?)+/, ''],
  [/^ {0,3}#{1,6}(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$/, '$1'],
  [/^(\s*)[-*+][ \t]+\[[xX]\][ \t]+/, '$1☑ '],
  [/^(\s*)[-*+][ \t]+\[ \][ \t]+/, '$1☐ '],
  [/^(\s*)[*+][ \t]+/, '$1- '],
  [/^ {0,3}\[\^([^\]\n]+)\]:[ \t]*/, '[$1] '],
];

/** What the screen draws beside a line, and is no word of it. */
const DRAWN = /^\s*(?:[-☑☐]|\d{1,9}[.)])[ \t]+/;
const IMAGE = /!\[([^[\]\n]*)\]\([^()\n]*\)/g;

/** Within a line, in this order. Nothing here looks beyond the next mark of its kind: a long line stays cheap. */
const MARKS: readonly [RegExp, string][] = [
  [/\[([^[\]\n]+)\]\[[^[\]\n]*\]/g, '$1'],
  [/\[\^([^[\]\n]+)\]/g, '[$1]'],
  [/<((?:https?:|mailto:)[^<>\s]+)>/g, '$1'],
  [/\*\*\*(?!\s)([^*\n]+)(?<!\s)\*\*\*/g, '$1'],
  [/(?<![\p{L}\p{N}*])\*(?![*\s])([^*\n]+)(?<!\s)\*(?!\*)/gu, '$1'],
  [/\*\*(?!\s)([^*\n]+)(?<!\s)\*\*/g, '$1'],
  [/(?<![\p{L}\p{N}_])__(?![\s_])([^_\n]+)(?<!\s)__(?![\p{L}\p{N}_])/gu, '$1'],
  [/(?<![\p{L}\p{N}_])_(?![\s_])([^_\n]+)(?<!\s)_(?![\p{L}\p{N}_])/gu, '$1'],
  [/~~(?!\s)([^~\n]+)(?<!\s)~~/g, '$1'],
  [/\$\$([^$\n]+)\$\$/g, '$1'],
  [/(?<![\p{L}\p{N}$])\$(?![\s$])([^$\n]+)(?<!\s)\$(?![\p{N}$])/gu, '$1'],
];

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
};

/**
 * A reply as plain text: what its Markdown says, without the marks. Raw HTML is text here, as on the page. Near, not
 * exact: it reads lines, not blocks.
 */
export function plainText(markdown: string, use: PlainTextFor = 'page'): string {
  const lines = markdown.split(/\r\n?|\n/);
  const shown: string[] = [];
  let fence: string | null = null;
  let inTable = false;
  for (const [index, line] of lines.entries()) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
      else if (use !== 'voice') shown.push(line);
    } else if (mark) {
      fence = mark;
    } else {
      inTable = line.includes('|') && (inTable || TABLE_RULE.test(lines[index + 1] ?? ''));
      if (isBare(line, inTable)) continue;
      shown.push(inTable ? cellsOf(line, use) : lineOf(line, use));
    }
  }
  return shown
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const isBare = (line: string, inTable: boolean): boolean =>
  inTable ? TABLE_RULE.test(line) : BARE_MARKS.test(line) || DEFINITION.test(line);

/** On the screen no words go on from one cell to the next. */
const BETWEEN_CELLS: Record<PlainTextFor, string> = { page: '\t', voice: ', ', screen: '\n' };

const cellsOf = (line: string, use: PlainTextFor): string =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => withoutMarks(cell.trim(), use))
    .join(BETWEEN_CELLS[use]);

function lineOf(line: string, use: PlainTextFor): string {
  const bare = PREFIXES.reduce((text, [mark, stands]) => text.replace(mark, stands), line);
  return withoutMarks((use === 'screen' ? bare.replace(DRAWN, '') : bare).replace(/(?: {2,}|\\)$/, ''), use);
}

/** Code within a line stands as it is. */
const withoutMarks = (text: string, use: PlainTextFor): string =>
  text
    .split(/(`+[^`\n]+`+)/)
    .map((part, index) => (index % 2 === 1 ? part.replace(/^`+ ?| ?`+$/g, '') : wordsOf(part, use)))
    .join('');

/** A sign that was escaped stands aside, as a private character, while the marks are taken away. */
const ASIDE = 0xe000;
const FORMULA = /\\\(\s*([^\n]{0,400}?)\s*\\\)|\\\[\s*([^\n]{0,400}?)\s*\\\]/g;

const setAside = (text: string): string =>
  text
    .replace(FORMULA, (_, inline?: string, display?: string) => inline ?? display ?? '')
    .replace(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => String.fromCharCode(ASIDE + sign.charCodeAt(0)));

const takenBack = (text: string): string =>
  text.replace(/[\ue000-\ue07f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - ASIDE));

function wordsOf(text: string, use: PlainTextFor): string {
  // An image is a button on the screen, until somebody asks for it.
  const named = setAside(text).replace(IMAGE, use === 'screen' ? '' : '$1');
  const linked = named.replace(
    /\[([^[\]\n]+)\]\(\s*<?([^()\s<>]*)>?(?:\s+[^()\n]*)?\)/g,
    (_, words: string, address: string) =>
      use !== 'page' || address === '' || words === address ? words : `${words} (${address})`,
  );
  const bare = MARKS.reduce((words, [mark, shown]) => words.replace(mark, shown), linked);
  return takenBack(bare).replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');
}
