import type { TargetName } from '../support/stage';
import { percentile } from '../support/stats';
import { medianOf, milliseconds, ratioOf } from '../support/summary';
import { faultsOf } from './fifty-streams';
import { type Measure, type Sample, turned } from './measure';
import { startName } from './start-name';

const TARGETS: TargetName[] = ['plain', 'product'];
const READERS = 500;

/** More than one core of a plain route can begin in a second. */
export const fiveHundredReaders = (spreadMs: number): Measure => ({
  name: `500 readers, ${startName(spreadMs)}`,
  async round({ load, job }, index) {
    const sample: Sample = {};
    for (const target of turned(TARGETS, index)) {
      const report = await load.stream(job(target, 'bench-60x50', READERS, spreadMs));
      sample[target] = percentile(report.firstMs, 0.99);
      if (target === 'product') sample.faults = faultsOf(report);
    }
    return sample;
  },
  rows(samples) {
    const ratio = ratioOf(samples, 'product', 'plain');
    const faults = samples.reduce((total, sample) => total + (sample.faults ?? 0), 0);
    return [
      {
        measure: `time to first token p99 with 500 readers at 20 tok/s, ${startName(spreadMs)} ÷ the plain route's`,
        figure: `${ratio.toFixed(2)}, ${faults} failed`,
        goal: '≤ 0.8, none failed',
        reached: ratio <= 0.8 && faults === 0,
        context: `${milliseconds(medianOf(samples, 'product'))} ÷ ${milliseconds(medianOf(samples, 'plain'))}`,
      },
    ];
  },
});
