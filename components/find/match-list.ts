/** One place where the words are: the `nth` of its turn, counted from the turn's end. */
export interface Match {
  turnId: string;
  nth: number;
}

/** What was found, turn by turn, the newest first: a search goes up, as the conversation is loaded. */
export type Found = readonly { turnId: string; count: number }[];

export const totalOf = (found: Found): number => found.reduce((sum, { count }) => sum + count, 0);

/** The match at this position, the newest being 0; beyond an end it goes on at the other. null: there is none. */
export function matchAt(found: Found, position: number): Match | null {
  const total = totalOf(found);
  if (total === 0) return null;
  let nth = ((position % total) + total) % total;
  for (const { turnId, count } of found) {
    if (nth < count) return { turnId, nth };
    nth -= count;
  }
  return null;
}

/** Where a match stands, the newest being 0; -1 if it is there no more. */
export function positionOf(found: Found, match: Match | null): number {
  let before = 0;
  for (const { turnId, count } of found) {
    if (turnId === match?.turnId) return match.nth < count ? before + match.nth : -1;
    before += count;
  }
  return -1;
}
