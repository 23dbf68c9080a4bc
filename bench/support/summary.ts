import type { Row, Sample } from '../measures/measure';
import { median } from './stats';

export const medianOf = (samples: readonly Sample[], name: string): number =>
  median(samples.map((sample) => sample[name] ?? Number.NaN));

/** The median over the rounds of what two targets had in the same round. */
export const ratioOf = (samples: readonly Sample[], above: string, below: string): number =>
  median(samples.map((sample) => (sample[above] ?? Number.NaN) / (sample[below] ?? Number.NaN)));

export const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;

/** A row whose figure is a ratio with a limit. */
export function atMost(limit: number, ratio: number, row: Pick<Row, 'measure' | 'context'>): Row {
  return { ...row, figure: ratio.toFixed(2), goal: `≤ ${limit}`, reached: ratio <= limit };
}
