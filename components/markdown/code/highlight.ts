import { familyOf, KEYWORDS } from './languages';

export type TokenKind = 'plain' | 'keyword' | 'string' | 'number' | 'comment' | 'name';

export interface Token {
  kind: TokenKind;
  text: string;
}

/** Characters beyond which a block is left plain: colour is not worth a pause. */
export const COLOUR_LIMIT = 30_000;

/**
 * Colours for reading, not a parser: comments, strings, numbers, keywords and what is called. One pass over the text,
 * linear in its length. The tokens together are the text to the letter. A language that is not known stays plain.
 */
export function highlight(code: string, language: string | null): Token[] {
  const family = language === null ? null : familyOf(language);
  if (!family || code.length > COLOUR_LIMIT) return [{ kind: 'plain', text: code }];
  const tokens: Token[] = [];
  const add = (kind: TokenKind, text: string) => {
    const last = tokens.at(-1);
    if (text === '') return;
    if (last && last.kind === kind) last.text += text;
    else tokens.push({ kind, text });
  };
  let end = 0;
  for (const match of code.matchAll(family)) {
    add('plain', code.slice(end, match.index));
    end = match.index + match[0].length;
    add(kindOf(match, code[end]), match[0]);
  }
  add('plain', code.slice(end));
  return tokens;
}

function kindOf({ groups = {}, 0: text }: RegExpMatchArray, next: string | undefined): TokenKind {
  if (groups.comment !== undefined) return 'comment';
  if (groups.string !== undefined) return 'string';
  if (groups.number !== undefined) return 'number';
  if (groups.keyword !== undefined || KEYWORDS.has(text)) return 'keyword';
  return next === '(' || groups.name !== undefined ? 'name' : 'plain';
}
