import type { TargetName } from '../support/bench';
import { percentile } from '../support/stats';
import { medianOf, milliseconds, ratioOf } from '../support/summary';
import { faultCount } from './fifty-streams';
import { alternate, describeStart, type Measure, type Sample } from './measure';

const TARGETS: TargetName[] = ['plain', 'product'];
const READERS = 500;

/** More readers than a plain route can start within a second on one core. */
export const fiveHundredReaders = (spreadMs: number): Measure => ({
  name: `500 readers, ${describeStart(spreadMs)}`,
  async round({ load, job }, index) {
    const sample: Sample = {};
    for (const target of alternate(TARGETS, index)) {
      const report = await load.stream(job(target, 'bench-60x50', READERS, spreadMs));
      sample[target] = percentile(report.firstMs, 0.99);
      if (target === 'product') sample.faults = faultCount(report);
    }
    return sample;
  },
  rows(samples) {
    const ratio = ratioOf(samples, 'product', 'plain');
    const faults = samples.reduce((total, sample) => total + (sample.faults ?? 0), 0);
    return [
      {
        measure: `time to first token p99 with 500 readers at 20 tok/s, ${describeStart(spreadMs)} ÷ the plain route's`,
        result: `${ratio.toFixed(2)}, ${faults} failed`,
        goal: '≤ 0.8, none failed',
        met: ratio <= 0.8 && faults === 0,
        context: `${milliseconds(medianOf(samples, 'product'))} ÷ ${milliseconds(medianOf(samples, 'plain'))}`,
      },
    ];
  },
});
