import { CodeSpans, FENCE_START, fenceEnd, isIndentedCode } from '@/lib/chat/text/code-in-markdown';
import { type HiddenFormulas, hideFormulas } from '@/lib/chat/text/formulas';

/** A Markdown source in which the parser cannot misread what is no Markdown, and what `restoreSource` needs. */
export type PreparedSource = HiddenFormulas;

/** `mark index mark` stands for a formula, `mark s mark` begins a summary, `mark mark` stands for nothing. */
export const markPattern = (mark: string) => new RegExp(`${mark}(\\d*|s)${mark}`, 'g');
/** Ends a URL that Chinese text follows without a blank. */
export const urlEnd = (mark: string) => `<!--${mark}-->`;

/** For a class of characters: what ends a URL that is not marked as one, although it is no blank. */
export const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef“”‘’…—`;
/** Code and addresses, which stay as they are, and what is replaced outside of them. */
const REPLACED = new RegExp(
  [
    FENCE_START.source,
    /(?<ticks>`+)/.source,
    /^ {0,3}\[[^\]\n]+\]:[^\n]*/.source,
    /<(?:https?:|mailto:)[^<>\s]*>|\]\([^()\s]*\)/.source,
    `(?<url>(?:https?:\\/\\/|(?<![\\p{L}\\p{N}.@/-])www\\.)[^\\s<${CJK}]+)(?=[${CJK}])`,
    /^(?<indent>[ \t>]*)(?<inline><\/?(?:br|sub|sup|kbd|mark|u)[ \t]*\/?>)(?=[ \t]*$)/.source,
    /(?:^(?<item>[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?)|(?<=^[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?<details>[ \t]*))(?<details><\/?details>|<summary>(?:(?!<\/?summary>)[\s\S]){0,500}<\/summary>)[ \t]*/
      .source,
    /\\./.source,
  ].join('|'),
  'gimu',
);
/** What may need a replacement. */
const MAYBE = /[$\\]|https?:|www\.|<\/?(?:br|sub|sup|kbd|mark|u|details)\b|`{3}|~{3}/i;

export function prepareSource(source: string): PreparedSource {
  if (!MAYBE.test(source)) return { text: source, mark: '', formulas: [] };
  const hidden = hideFormulas(source);
  return { ...hidden, text: replaceOutsideOfCode(hidden.text, hidden.mark) };
}

function replaceOutsideOfCode(text: string, mark: string): string {
  let result = '';
  let end = 0;
  const pattern = new RegExp(REPLACED);
  const codeSpans = new CodeSpans(text);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [all] = match;
    const {
      fence,
      prefix = '',
      info = '',
      ticks,
      url,
      indent = '',
      inline,
      item,
      details,
    } = match.groups ?? {};
    let next = match.index + all.length;
    let replacement: string | null = null;
    if (fence) {
      const fenced = fenceEnd(text, match.index, { prefix, fence, info });
      if (fenced && fenced.closing !== null) {
        const body = text.slice(next, fenced.closing);
        const longest = longestFence(body);
        const longer = fence.charAt(0).repeat(longest + fence.length);
        const last = text.slice(fenced.closing, fenced.end).replace(/[`~]+[ \t]*$/, longer);
        if (longest > 0) replacement = `${prefix}${longer}${info}${body}${last}`;
      }
      next = fenced?.end ?? next;
    } else if (ticks) next = codeSpans.endOf(ticks, next);
    else if (url) {
      const kept = trimUrl(url);
      next = match.index + kept.length;
      replacement = kept + urlEnd(mark);
    } else if (inline) replacement = `${indent}${mark}${mark}${inline}`;
    else if (details) replacement = detailsBlock(text, match.index, item, detailsTag(details, mark), mark);
    if (replacement !== null) {
      result += text.slice(end, match.index) + replacement;
      end = next;
    }
    pattern.lastIndex = next;
  }
  return result + text.slice(end);
}

const longestFence = (body: string): number =>
  Math.max(0, ...(body.match(/^[ \t>]*(?:`{3,}|~{3,})/gm) ?? []).map((run) => run.trim().length));

/** A tag of `details` as a block of its own, in the item that it is in. Null in indented code. */
function detailsBlock(
  text: string,
  at: number,
  item: string | undefined,
  tag: string,
  mark: string,
): string | null {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at) + (item ?? '');
  const before = item ?? /^[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?/.exec(line)?.[0] ?? '';
  const pad = before.replace(/\S/g, ' ');
  if (before.trim() === '' && isIndentedCode(text, at, pad)) return null;
  const first = item?.trim() ? `${item}${mark}${mark}` : '';
  return `${first}\n\n${pad}${tag}\n\n${pad}`;
}

/** A title becomes a paragraph of its own, so that its Markdown is read. */
function detailsTag(tag: string, mark: string): string {
  const title = /^<summary>([\s\S]*)<\/summary>$/i.exec(tag)?.[1];
  if (title === undefined) return tag.toLowerCase();
  return `${mark}s${mark}${title
    .replace(/<\/?(?:b|strong)>/gi, '')
    .replace(/\s+/g, ' ')
    .trim()}`;
}

/** Without the punctuation at the end of a URL, as in GFM. A bracket belongs to it if it was opened in it. */
function trimUrl(url: string): string {
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1);
    const isOpened =
      last === ')' &&
      (url.slice(0, end).match(/\(/g) ?? []).length >= (url.slice(0, end).match(/\)/g) ?? []).length;
    if (isOpened || !/[!"'),.:;?_~*\]&]/.test(last)) break;
  }
  return url.slice(0, end);
}
