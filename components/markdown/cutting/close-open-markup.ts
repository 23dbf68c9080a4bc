import { formulasOf, hideFormulas, showFormulas } from '@/lib/chat/text/formulas';

/** Marks at the end of the text that may still become something else; showing them would flicker. */
const UNDECIDED = /(?:^|\n)[ \t>]*(?:[-=*_+#>~`$|:]+|\d{1,9}[.)]?|[-+*] \[[ xX]?\]?)[ \t]*$/;
/** A row at the end that starts with a bar, perhaps with the beginning of the delimiter row below it. */
const TABLE_HEAD = /(?:^|\n)(\|[^\n]*)(?:\n[|:\- \t]*)?$/;
/** A complete delimiter row of a table, such as `| :-- | --: |`. */
const DELIMITERS = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/** `![`, with any part of what follows it. It is left out: an image cannot be shown by halves. */
const HALF_IMAGE = /!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/;
/** `[text](` with a part of the address. Only the text is shown. */
const HALF_LINK = /(^|[^!\\])\[([^[\]\n]*)(?:\]\([^)\n]*)$/;
/** `[` with a part of the text of a link. Only the text is shown. */
const OPEN_BRACKET = /(^|[^!\\\]])\[([^[\]\n]*)$/;
/** A tag at the end of which a part is missing. */
const HALF_TAG = /<\/?[a-z]{0,7}[ \t]*\/?$/i;
/** The tags that are shown as elements. */
const TAGS = /<(\/?)(sub|sup|kbd|mark|u|summary|details)>/gi;
/** Dollars and words after them, without a sign of a formula. */
const PRICE_LEVEL = /^\$\$[ \t]+\S[^\\^_=]*$/;
/** What opens an environment, with a part missing. */
const HALF_ENVIRONMENT = /\\(?:b|be|beg|begi|begin(?:\{[A-Za-z]*\*?)?)$/;
/** What may close a formula, with a part missing. */
const HALF_CLOSING = /(?:\$|\\(?:|e|en|end(?:\{[A-Za-z]*\*?)?))$/;
/** A backslash whose character has not arrived. */
const HALF_ESCAPE = /(?<!\\)\\$/;
const PAIRS = ['**', '__', '~~', '*', '_'];

/**
 * Completes the end of a streaming text as it will most likely continue: half-written markup is closed or left out, so
 * that nothing is shown now and taken back a moment later. Only for display; the stored text is not changed.
 */
export function closeOpenMarkup(open: string): string {
  const table = completeTable(open);
  if (table !== null) return table;
  const found = formulasOf(open);
  const { closed, open: half } = found;
  const isLast =
    half !== null &&
    closed.every(({ start }) => start < half.start) &&
    !PRICE_LEVEL.test(open.slice(half.start));
  const hidden = hideFormulas(isLast ? open.slice(0, half.start) : open, found);
  const text = isLast ? hidden.text + halfFormula(half.tex) : hidden.text;
  return showFormulas(closeText(text), hidden, ({ source }) => source);
}

/** What has arrived of a formula, as code: like its source before KaTeX has loaded. */
function halfFormula(tex: string): string {
  const code = tex.replace(HALF_CLOSING, '').replace(/\s+/g, ' ').trim();
  if (code === '') return '';
  const ticks = '`'.repeat(Math.max(0, ...(code.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return `${ticks} ${code} ${ticks}`;
}

function closeText(open: string): string {
  const text = open
    .replace(UNDECIDED, '')
    .replace(HALF_ENVIRONMENT, '')
    .replace(HALF_ESCAPE, '')
    .replace(HALF_TAG, '');
  const start = startOfInline(text);
  return closeTags(text.slice(0, start) + closeInline(text.slice(start)));
}

function closeTags(text: string): string {
  const open: string[] = [];
  for (const [, slash, name = ''] of text.matchAll(TAGS)) {
    if (slash === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
  }
  return (
    text +
    open
      .reverse()
      .map((name) => (name === 'details' ? '\n\n</details>' : `</${name}>`))
      .join('')
  );
}

/**
 * Shows the header row of a table as a table from its first character, not as a paragraph full of bars. Null if there
 * is none.
 */
function completeTable(open: string): string | null {
  const head = TABLE_HEAD.exec(open);
  if (!head) return null;
  const before = open.slice(0, head.index);
  if (/\|[^\n]*$/.test(before)) return null;
  const row = (head[1] ?? '').trimEnd();
  if (row === '|') return before;
  const rest = open.slice(head.index).trimStart().slice(row.length).trim();
  const cells = row.replace(/\\./g, '').split('|').length - (row.endsWith('|') && row.length > 1 ? 2 : 1);
  if (rest.split('|').length - (rest.endsWith('|') ? 2 : 1) >= cells && DELIMITERS.test(rest)) return null;
  return `${before}${before === '' ? '' : '\n'}${row}\n${'| - '.repeat(Math.max(1, cells))}|`;
}

/** Where the last paragraph, item or heading starts: emphasis cannot reach back further. */
function startOfInline(text: string): number {
  const starts = text.matchAll(/\n[ \t]*\n|\n(?=[ \t>]*(?:[-+*]|\d{1,9}[.)]|\|)[ \t|])/g);
  let last = 0;
  for (const start of starts) last = start.index + start[0].length;
  return last;
}

function closeInline(text: string): string {
  const ticks = openTicks(text);
  if (ticks !== null) {
    const before = text.slice(0, ticks.at);
    const inside = text.slice(ticks.at + ticks.marks.length).replace(/`+$/, '');
    return inside.trim() === '' ? before : `${before}${ticks.marks}${inside}${ticks.marks}`;
  }
  let result = text.replace(HALF_IMAGE, '').replace(HALF_LINK, '$1$2').replace(OPEN_BRACKET, '$1$2');
  const plain = result
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (code) => '.'.repeat(code.length))
    .replace(/\\./g, '..');
  const { open, closedUntil } = openMarks(plain);
  const mayBeHalf = closedUntil < plain.trimEnd().length;
  for (const { mark, at } of open.reverse()) {
    if (result.slice(at + mark.length).trim() === '') result = result.slice(0, at);
    else result = closeMark(result, mark, mayBeHalf && at === open[0]?.at);
  }
  return result;
}

/**
 * Adds the closing mark right after the last word. If its first half has arrived (only possible for the innermost
 * mark), completes it.
 */
function closeMark(text: string, mark: string, mayBeHalf: boolean): string {
  const half = mayBeHalf && mark.length === 2 && text.endsWith(mark.charAt(0)) ? text.slice(0, -1) : text;
  const words = half.trimEnd();
  return words + mark + half.slice(words.length);
}

function openTicks(text: string): { marks: string; at: number } | null {
  let open: { marks: string; at: number } | null = null;
  for (const run of text.matchAll(/(?<!\\)`+/g)) {
    if (open === null) open = { marks: run[0], at: run.index };
    else if (open.marks === run[0]) open = null;
  }
  return open;
}

/** The emphasis marks that are still open at the end, outermost first, and where the last closing mark ends. */
function openMarks(text: string): { open: { mark: string; at: number }[]; closedUntil: number } {
  const open: { mark: string; at: number }[] = [];
  let closedUntil = -1;
  for (const run of text.matchAll(/\*{1,3}|_{1,3}|~~/g)) {
    const before = text.charAt(run.index - 1);
    const after = text.charAt(run.index + run[0].length);
    const canOpen = after !== '' && !/\s/.test(after);
    const canClose = before !== '' && !/\s/.test(before);
    const isInWord = run[0].startsWith('_') && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
    if (isInWord) continue;
    let rest = run[0];
    let at = run.index;
    while (rest !== '') {
      const top = open.at(-1);
      if (canClose && top && rest.startsWith(top.mark)) {
        open.pop();
        at += top.mark.length;
        closedUntil = at;
        rest = rest.slice(top.mark.length);
        continue;
      }
      const mark = PAIRS.find((one) => rest.startsWith(one)) ?? rest;
      // At the very end it may be an opening mark.
      if ((canOpen || after === '') && !(canClose && after === '' && top)) open.push({ mark, at });
      at += mark.length;
      rest = rest.slice(mark.length);
    }
  }
  return { open, closedUntil };
}
