import { cpuMs } from '../support/cpu';
import type { TargetName } from '../support/stage';
import { atMost, medianOf, ratioOf } from '../support/summary';
import { type Measure, type Sample, turned } from './measure';
import { startName } from './start-name';

const TARGETS: TargetName[] = ['plain', 'product'];
const READERS = 100;

/** The processor that a token costs the server process, its threads and the begin and end of its turn included. */
export const hundredReaders = (spreadMs: number): Measure => ({
  name: `100 readers, ${startName(spreadMs)}`,
  async round({ load, job, pid }, index) {
    const sample: Sample = {};
    for (const target of turned(TARGETS, index)) {
      const before = await cpuMs(pid(target));
      const { tokens } = await load.stream(job(target, 'bench-200x50', READERS, spreadMs));
      sample[target] = ((await cpuMs(pid(target))) - before) / tokens;
    }
    return sample;
  },
  rows(samples) {
    const micros = (name: string) => `${(medianOf(samples, name) * 1000).toFixed(0)} µs`;
    return [
      atMost(1.0, ratioOf(samples, 'product', 'plain'), {
        measure: `CPU per token, 100 readers at 20 tok/s, ${startName(spreadMs)} ÷ the plain route's`,
        context: `${micros('product')} ÷ ${micros('plain')}`,
      }),
    ];
  },
});
