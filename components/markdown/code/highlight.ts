import { familyOf, KEYWORDS } from './languages';

export type TokenKind = 'plain' | 'keyword' | 'string' | 'number' | 'comment' | 'name';

export interface Token {
  kind: TokenKind;
  text: string;
}

/** A block of more characters is not highlighted, so that the page never pauses for it. */
export const HIGHLIGHT_LIMIT = 30_000;

/**
 * Splits code into tokens for highlighting: comments, strings, numbers, keywords and names that are called. Linear in the
 * length of the code. The tokens joined are exactly the code. Code in an unknown language is one plain token.
 */
export function highlight(code: string, language: string | null): Token[] {
  const family = language === null ? null : familyOf(language);
  if (!family || code.length > HIGHLIGHT_LIMIT) return [{ kind: 'plain', text: code }];
  return tokensOf(code, family).tokens;
}

export interface Tokens {
  tokens: Token[];
  /** Where the last word, string or comment begins and ends. */
  lastStart: number;
  lastEnd: number;
}

export function tokensOf(code: string, family: RegExp): Tokens {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, text: string) => {
    const last = tokens.at(-1);
    if (text === '') return;
    if (last && last.kind === kind) last.text += text;
    else tokens.push({ kind, text });
  };
  let end = 0;
  let lastStart = 0;
  for (const match of code.matchAll(family)) {
    add('plain', code.slice(end, match.index));
    lastStart = match.index;
    end = match.index + match[0].length;
    add(kindOf(match, code[end]), match[0]);
  }
  add('plain', code.slice(end));
  return { tokens, lastStart, lastEnd: end };
}

function kindOf({ groups = {}, 0: text }: RegExpMatchArray, next: string | undefined): TokenKind {
  if (groups.comment !== undefined) return 'comment';
  if (groups.string !== undefined) return 'string';
  if (groups.number !== undefined) return 'number';
  if (groups.keyword !== undefined || KEYWORDS.has(text)) return 'keyword';
  return next === '(' || groups.name !== undefined ? 'name' : 'plain';
}
