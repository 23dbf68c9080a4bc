import type { Row, Sample } from '../measures/measure';
import { median } from './stats';

export const medianOf = (samples: readonly Sample[], name: string): number =>
  median(samples.map((sample) => sample[name] ?? Number.NaN));

/** The median, over the rounds, of the ratio of two values of the same round. */
export const ratioOf = (samples: readonly Sample[], above: string, below: string): number =>
  median(samples.map((sample) => (sample[above] ?? Number.NaN) / (sample[below] ?? Number.NaN)));

export const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;

/** The values of a sample in one line. */
export const formatSample = (sample: Sample): string =>
  Object.entries(sample)
    .map(([name, value]) => `${name} ${value.toPrecision(3)}`)
    .join(', ');

/** A row whose result is a ratio with an upper limit. */
export function rowWithLimit(limit: number, ratio: number, row: Pick<Row, 'measure' | 'context'>): Row {
  return { ...row, result: ratio.toFixed(2), goal: `≤ ${limit}`, met: ratio <= limit };
}
