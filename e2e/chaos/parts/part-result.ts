/** The result of one part of the chaos run. */
export interface PartResult {
  name: string;
  /** For the summary, in this order. */
  counts: Record<string, number>;
  /** Empty: every promise was kept. */
  violations: string[];
}

/** One line of the summary: `history checker: 812 operations, 9 kills, …, violations: 0`. */
export function summarize({ name, counts, violations }: PartResult): string {
  const items = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return `${name}: ${[...items, `violations: ${violations.length}`].join(', ')}`;
}
