import type { TargetName } from '../support/bench';
import { cpuMs } from '../support/cpu-time';
import { medianOf, ratioOf, rowWithLimit } from '../support/summary';
import { alternate, describeStart, type Measure, type Sample } from './measure';

const TARGETS: TargetName[] = ['plain', 'product'];
const READERS = 100;

/** CPU time of the server process per token, including its threads and the begin and end of the turns. */
export const hundredReaders = (spreadMs: number): Measure => ({
  name: `100 readers, ${describeStart(spreadMs)}`,
  async round({ load, job, pid }, index) {
    const sample: Sample = {};
    for (const target of alternate(TARGETS, index)) {
      const before = await cpuMs(pid(target));
      const { tokens } = await load.stream(job(target, 'bench-200x50', READERS, spreadMs));
      sample[target] = ((await cpuMs(pid(target))) - before) / tokens;
    }
    return sample;
  },
  rows(samples) {
    const micros = (name: string) => `${(medianOf(samples, name) * 1000).toFixed(0)} µs`;
    return [
      rowWithLimit(1.0, ratioOf(samples, 'product', 'plain'), {
        measure: `CPU per token, 100 readers at 20 tok/s, ${describeStart(spreadMs)} ÷ the plain route's`,
        context: `${micros('product')} ÷ ${micros('plain')}`,
      }),
    ];
  },
});
