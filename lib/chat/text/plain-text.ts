import { FENCE_START, OpenFence } from './code-in-markdown';
import { formulaGlyphs } from './formula-glyphs';
import { hideFormulas, showFormulas } from './formulas';

/**
 * `page`: for the clipboard, with the URLs of links. `voice`: to be read aloud, without URLs and code. `screen`: the text
 * as the page shows it, to be searched.
 */
export type PlainTextFor = 'page' | 'voice' | 'screen';

const TABLE_RULE = /^ {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$/;
/** Lines without text: a thematic break, the underline of a heading, the ends of `details`. */
const MARKUP_ONLY = /^ {0,3}(?:(?:[-*_] *){3,}|=+|<\/?details>)\s*$/i;
const DEFINITION = /^ {0,3}\[(?!\^)[^\]\n]+\]:\s*\S+.*$/;

/** Markup at the start of a line, and its replacement. */
const PREFIXES: readonly [RegExp, string][] = [
  [/^( {0,3}> ?)+/, ''],
  [/^ {0,3}#{1,6}(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$/, '$1'],
  [/^(\s*)[-*+][ \t]+\[[xX]\][ \t]+/, '$1☑ '],
  [/^(\s*)[-*+][ \t]+\[ \][ \t]+/, '$1☐ '],
  [/^(\s*)[*+][ \t]+/, '$1- '],
  [/^ {0,3}\[\^([^\]\n]+)\]:[ \t]*/, '[$1] '],
];

/** List markers, which the page draws beside the text. */
const LIST_MARKER = /^\s*(?:[-☑☐]|\d{1,9}[.)])[ \t]+/;
const IMAGE = /!\[([^[\]\n]*)\]\([^()\n]*\)/g;

/**
 * Markup within a line, applied in this order. No pattern reads past the next mark of its kind, so long lines stay
 * cheap.
 */
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
  [/<(sub|sup|kbd|mark|u|summary)>([^<>\n]*)<\/\1>/gi, '$2'],
];

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
};

/**
 * The text of a reply without its Markdown markup, formulas as TeX, for a search as they are seen. Raw HTML is text, as on the page. An approximation: it
 * reads line by line and does not parse blocks.
 */
export function plainText(markdown: string, use: PlainTextFor = 'page'): string {
  const hidden = hideFormulas(markdown.replace(/\r\n?/g, '\n'));
  return showFormulas(withoutMarkup(hidden.text.split('\n'), use), hidden, ({ tex }) =>
    use === 'screen' ? `\n${formulaGlyphs(tex)}\n` : tex,
  );
}

function withoutMarkup(lines: readonly string[], use: PlainTextFor): string {
  const shown: string[] = [];
  let fence: OpenFence | null = null;
  let isInTable = false;
  for (const [index, line] of lines.entries()) {
    const closes: boolean | 'before' | undefined = fence?.closes(line);
    if (closes === 'before') fence = null;
    const opening = fence ? undefined : FENCE_START.exec(line)?.groups;
    if (fence) {
      if (closes) fence = null;
      else if (use !== 'voice') shown.push(line);
    } else if (opening) {
      const { prefix = '', fence: marks = '', info = '' } = opening;
      fence = new OpenFence(marks, info, prefix);
      if (prefix.trim() !== '') shown.push(lineOf(prefix, use));
    } else {
      isInTable = line.includes('|') && (isInTable || TABLE_RULE.test(lines[index + 1] ?? ''));
      if (isMarkupOnly(line, isInTable)) continue;
      shown.push(isInTable ? cellsOf(line, use) : lineOf(line, use));
    }
  }
  return shown
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const isMarkupOnly = (line: string, isInTable: boolean): boolean =>
  isInTable ? TABLE_RULE.test(line) : MARKUP_ONLY.test(line) || DEFINITION.test(line);

/** A match on the page never spans two cells, so there a line break separates them. */
const BETWEEN_CELLS: Record<PlainTextFor, string> = { page: '\t', voice: ', ', screen: '\n' };

const cellsOf = (line: string, use: PlainTextFor): string =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => withoutMarks(cell.trim(), use))
    .join(BETWEEN_CELLS[use]);

function lineOf(line: string, use: PlainTextFor): string {
  const unprefixed = PREFIXES.reduce(
    (result, [mark, replacement]) => result.replace(mark, replacement),
    line,
  );
  return withoutMarks(
    (use === 'screen' ? unprefixed.replace(LIST_MARKER, '') : unprefixed).replace(/(?: {2,}|\\)$/, ''),
    use,
  );
}

/** Inline code is kept as it is. */
const withoutMarks = (text: string, use: PlainTextFor): string =>
  text
    .split(/(`+[^`\n]+`+)/)
    .map((part, index) =>
      index % 2 === 1 ? part.replace(/^`+ ?| ?`+$/g, '') : removeInlineMarkup(part, use),
    )
    .join('');

/** Escaped characters are moved into the private use area while markup is removed. */
const PRIVATE_USE = 0xe000;

const hideEscaped = (text: string): string =>
  text.replace(/\\([!-/:-@[-`{-~])/g, (_, sign: string) =>
    String.fromCharCode(PRIVATE_USE + sign.charCodeAt(0)),
  );

const restoreEscaped = (text: string): string =>
  text.replace(/[\ue000-\ue07f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - PRIVATE_USE));

function removeInlineMarkup(text: string, use: PlainTextFor): string {
  // On the page an image is a button at first, without text that could be searched.
  const named = hideEscaped(text.replace(/<br[ \t]*\/?>/gi, use === 'voice' ? ' ' : '\n')).replace(
    IMAGE,
    use === 'screen' ? '' : '$1',
  );
  const linked = named.replace(
    /\[([^[\]\n]+)\]\(\s*<?([^()\s<>]*)>?(?:\s+[^()\n]*)?\)/g,
    (_, label: string, url: string) =>
      use !== 'page' || url === '' || label === url ? label : `${label} (${url})`,
  );
  const plain = MARKS.reduce((result, [mark, replacement]) => result.replace(mark, replacement), linked);
  return restoreEscaped(plain).replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');
}
