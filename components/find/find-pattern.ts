/**
 * What a person types, as what to look for: in any case, and with any white space where they typed some (a line of
 * the source and a line of the page break elsewhere). null: nothing to look for.
 */
export function findPattern(query: string): RegExp | null {
  const words = query.trim().split(/\s+/).filter(Boolean).map(literally);
  return words.length === 0 ? null : new RegExp(words.join('\\s+'), 'giu');
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const countIn = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
