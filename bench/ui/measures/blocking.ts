import type { Measure } from '../../measures/measure';
import { alternate } from '../../measures/measure';
import { medianOf, milliseconds, ratioOf, rowWithLimit } from '../../support/summary';
import { watchSmoothness } from '../smoothness';
import { openWarmPage } from '../streaming-page';
import type { PageName, UiBench } from '../ui-bench';

const SLOWDOWN = 4;
const PAGES: PageName[] = ['product', 'whole'];

/** The same reply on a CPU four times slower, like a phone's. */
export const blocking: Measure<UiBench> = {
  name: 'blocking at 4×',
  async round(bench, index) {
    const sample: Record<string, number> = {};
    for (const name of alternate(PAGES, index)) {
      const page = await openWarmPage(bench, name, { slowdown: SLOWDOWN });
      const seen = await watchSmoothness(page.streaming.page);
      await page.streaming.ask({ kind: 'mixed', kilobytes: 20 });
      const { blockingMs, longestTaskMs, frameP99Ms } = await seen();
      await page.close();
      sample[name] = blockingMs;
      sample[`${name} longest`] = longestTaskMs;
      sample[`${name} frame`] = frameP99Ms;
    }
    return sample;
  },
  rows(samples) {
    const rowWithLimitMs = (limit: number, name: string, measure: string) => ({
      measure: `${measure}, at 4× CPU throttle`,
      result: milliseconds(medianOf(samples, `product ${name}`)),
      goal: `≤ ${limit} ms`,
      met: medianOf(samples, `product ${name}`) <= limit,
      context: `the whole-text page: ${milliseconds(medianOf(samples, `whole ${name}`))}`,
    });
    return [
      rowWithLimit(0.02, ratioOf(samples, 'product', 'whole'), {
        measure: 'blocking time of a 20 kB reply at 4× CPU throttle ÷ the whole-text page',
        context: `${milliseconds(medianOf(samples, 'product'))} ÷ ${milliseconds(medianOf(samples, 'whole'))}`,
      }),
      rowWithLimitMs(100, 'longest', 'longest task while streaming'),
      rowWithLimitMs(50, 'frame', 'time between frames while streaming, p99'),
    ];
  },
};
