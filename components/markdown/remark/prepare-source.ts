import { CodeSpans, FENCE_START, fenceEnd } from '@/lib/chat/text/code-in-markdown';
import { type Formula, formulasOf } from '@/lib/chat/text/formulas';

/** A Markdown source in which the parser cannot misread what is no Markdown, and what `restoreSource` needs. */
export interface PreparedSource {
  text: string;
  /** A character that the source does not contain. */
  mark: string;
  formulas: readonly PreparedFormula[];
}

export interface PreparedFormula extends Formula {
  source: string;
}

const PRIVATE_USE = 0xe000;

/** `mark index mark` stands for a formula, `mark s mark` begins a summary, `mark mark` stands for nothing. */
export const markPattern = (mark: string) => new RegExp(`${mark}(\\d*|s)${mark}`, 'g');
/** Ends a URL that Chinese text follows without a blank. */
export const urlEnd = (mark: string) => `<!--${mark}-->`;

const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef“”‘’…—`;
/** Code and addresses, which stay as they are, and what is replaced outside of them. */
const REPLACED = new RegExp(
  [
    FENCE_START.source,
    /(?<ticks>`+)/.source,
    /^ {0,3}\[[^\]\n]+\]:[^\n]*/.source,
    /<(?:https?:|mailto:)[^<>\s]*>|\]\([^()\s]*\)/.source,
    `(?<url>(?:https?:\\/\\/|(?<![\\p{L}\\p{N}.@/-])www\\.)[^\\s<${CJK}]+)(?=[${CJK}])`,
    /^(?<indent>[ \t>]*)(?<inline><\/?(?:br|sub|sup|kbd|mark|u)[ \t]*\/?>)(?=[ \t]*$)/.source,
    /(?:^ {0,3}|(?<=^ {0,3}<details>[ \t]*))(?<details><\/?details>|<summary>(?:(?!<\/?summary>)[\s\S]){0,500}<\/summary>)[ \t]*/
      .source,
    /\\./.source,
  ].join('|'),
  'gimu',
);
/** What may need a replacement. */
const MAYBE = /[$\\]|https?:|www\.|<\/?(?:br|sub|sup|kbd|mark|u|details)\b|`{3}|~{3}/i;

export function prepareSource(source: string): PreparedSource {
  if (!MAYBE.test(source)) return { text: source, mark: '', formulas: [] };
  const mark = unusedCharacter(source);
  const formulas = formulasOf(source).closed.map((formula) => ({
    ...formula,
    source: source.slice(formula.start, formula.end),
  }));
  let text = '';
  let end = 0;
  for (const [index, formula] of formulas.entries()) {
    text += `${source.slice(end, formula.start)}${mark}${index}${mark}`;
    end = formula.end;
  }
  return { text: replaceOutsideOfCode(text + source.slice(end), mark), mark, formulas };
}

function unusedCharacter(source: string): string {
  for (let code = PRIVATE_USE; ; code += 1) {
    const character = String.fromCharCode(code);
    if (!source.includes(character)) return character;
  }
}

function replaceOutsideOfCode(text: string, mark: string): string {
  let result = '';
  let end = 0;
  const pattern = new RegExp(REPLACED);
  const codeSpans = new CodeSpans(text);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [all] = match;
    const { fence, prefix = '', info = '', ticks, url, indent = '', inline, details } = match.groups ?? {};
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
    else if (details) replacement = `\n\n${detailsTag(details, mark)}\n\n`;
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
