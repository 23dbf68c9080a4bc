/**
 * Writes a text so that Markdown reads it as text, with as few backslashes as possible: what is quoted is read by people
 * too. `\[` and `\(` are not used, because replies write formulas with them.
 */
export function escapeText(text: string, escapesDollars: boolean): string {
  const escaped = text
    .replace(/\\(?=[!-/:-@[-`{-~\n]|$)/g, '\\\\')
    .replace(/`/g, '\\`')
    .replace(/(?<!\s)\*|\*(?!\s)/g, '\\*')
    .replace(/(?<![\p{L}\p{N}\s])_|_(?![\p{L}\p{N}\s])|(?<=\s)_(?!\s)|(?<!\s)_(?=\s)/gu, '\\_')
    .replace(/\](?=[([:])|(?<=\[[ xX^][^\]]{0,80})\]/g, '\\]')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?\w{1,31};)/g, '\\&')
    .replace(/~~/g, '\\~\\~');
  return escapesDollars ? escaped.replace(/\$/g, '\\$') : escaped;
}

/** Escapes what would begin a heading, a list, a quote, a rule or a fence at the start of a line. */
export const escapeLineStarts = (text: string): string =>
  text.replace(
    /^([ \t]*)(?:(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|(?:[-_*] *){3,}$|=+ *$|~{3,})|(\d{1,9})(?=[.)](?:\s|$)))/gm,
    (_, indent: string, mark: string | undefined, number: string | undefined) =>
      indent + (mark === undefined ? `${number}\\` : `\\${mark}`),
  );

/** Inline code, with as many backticks as its text needs. */
export function codeSpan(text: string): string {
  const ticks = '`'.repeat(longestRun(text, /`+/g) + 1);
  const pad = /^`|`$|^ [\s\S]*\S[\s\S]* $/.test(text) ? ' ' : '';
  return ticks + pad + text + pad + ticks;
}

export function fence(code: string, language: string): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(code, /`+/g) + 1));
  return `${ticks}${language}\n${code}\n${ticks}`;
}

const longestRun = (text: string, run: RegExp): number =>
  (text.match(run) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
