import type { TargetName } from '../support/stage';
import { median } from '../support/stats';
import { atMost, medianOf, milliseconds } from '../support/summary';
import { type Measure, turned } from './measure';

const TARGETS: TargetName[] = ['model', 'plain', 'product'];
const BLOCKS = 6;
const STREAMS = 10;

/** What stands between the model's first token and the reader, with nothing else going on. */
export const oneStream: Measure = {
  name: 'one stream',
  async round({ load, job }, index) {
    const times: Record<string, number[]> = { model: [], plain: [], product: [] };
    for (let block = 0; block < BLOCKS; block++) {
      for (const target of turned(TARGETS, index + block)) {
        const report = await load.stream({ ...job(target, 'bench-5x2', STREAMS, 0), oneByOne: true });
        times[target]?.push(...report.firstMs);
      }
    }
    const { model = [], plain = [], product = [] } = times;
    return { plain: median(plain) - median(model), product: median(product) - median(model) };
  },
  rows(samples) {
    const [product, plain] = [medianOf(samples, 'product'), medianOf(samples, 'plain')];
    return [
      atMost(1.3, product / plain, {
        measure: "added time to first token over the model, one stream ÷ the plain route's",
        context: `${milliseconds(product)} ÷ ${milliseconds(plain)}`,
      }),
    ];
  },
};
