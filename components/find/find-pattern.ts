/**
 * The pattern for a typed query. It ignores case, and a space matches any white space, because lines break elsewhere in
 * the Markdown than on the page. Next to an operator a blank may also match nothing, because formulas are searched without blanks. null: the query is empty.
 */
export function findPattern(query: string): RegExp | null {
  const words = query.trim().split(/\s+/).filter(Boolean);
  const source = words.map((word, index) => {
    const before = words[index - 1];
    const between =
      before === undefined ? '' : isSign(before.slice(-1)) || isSign(word.slice(0, 1)) ? '\\s*' : '\\s+';
    return between + escapePattern(word);
  });
  return words.length === 0 ? null : new RegExp(source.join(''), 'giu');
}

const isSign = (character: string): boolean => /[\p{Sm}*/·-]/u.test(character);

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const countIn = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
