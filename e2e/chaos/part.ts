/** One part of the chaos run, and what it found. */
export interface PartResult {
  name: string;
  /** For the summary, in order. */
  counts: Record<string, number>;
  /** Empty: every promise was kept. */
  violations: string[];
}

/** A line for people: `history checker: 812 operations, 9 kills, …, violations: 0`. */
export function summaryOf({ name, counts, violations }: PartResult): string {
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return `${name}: ${[...told, `violations: ${violations.length}`].join(', ')}`;
}
