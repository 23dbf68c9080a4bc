import type { TargetName } from '../support/bench';
import { median } from '../support/stats';
import { medianOf, milliseconds, rowWithLimit } from '../support/summary';
import { alternate, type Measure } from './measure';

const TARGETS: TargetName[] = ['model', 'plain', 'product'];
const BLOCKS = 6;
const STREAMS = 10;

/** The time added between the model's first token and the reader, with no other load. */
export const oneStream: Measure = {
  name: 'one stream',
  async round({ load, job }, index) {
    const times: Record<string, number[]> = { model: [], plain: [], product: [] };
    for (let block = 0; block < BLOCKS; block++) {
      for (const target of alternate(TARGETS, index + block)) {
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
      rowWithLimit(1.3, product / plain, {
        measure: "time added to the model's first token, one stream ÷ the plain route's",
        context: `${milliseconds(product)} ÷ ${milliseconds(plain)}`,
      }),
    ];
  },
};
