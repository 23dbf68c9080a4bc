/** One match: the `nth` of its turn, counted from the end of the turn. */
export interface Match {
  turnId: string;
  nth: number;
}

/** How many matches each turn has, the newest turn first: a search goes upwards, as the conversation is loaded. */
export type MatchCounts = readonly { turnId: string; count: number }[];

export const totalOf = (matches: MatchCounts): number => matches.reduce((sum, { count }) => sum + count, 0);

/** The match at this position, 0 being the newest. Positions wrap at both ends. null: there are no matches. */
export function matchAt(matches: MatchCounts, position: number): Match | null {
  const total = totalOf(matches);
  if (total === 0) return null;
  let nth = ((position % total) + total) % total;
  for (const { turnId, count } of matches) {
    if (nth < count) return { turnId, nth };
    nth -= count;
  }
  return null;
}

/** The position of a match, 0 being the newest; -1 if it no longer exists. */
export function positionOf(matches: MatchCounts, match: Match | null): number {
  let newer = 0;
  for (const { turnId, count } of matches) {
    if (turnId === match?.turnId) return match.nth < count ? newer + match.nth : -1;
    newer += count;
  }
  return -1;
}
