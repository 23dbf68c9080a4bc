/**
 * The pattern for a typed query. It ignores case, and a space matches any white space, because lines break elsewhere in
 * the Markdown than on the page. null: the query is empty.
 */
export function findPattern(query: string): RegExp | null {
  const words = query.trim().split(/\s+/).filter(Boolean).map(escapePattern);
  return words.length === 0 ? null : new RegExp(words.join('\\s+'), 'giu');
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const countIn = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
