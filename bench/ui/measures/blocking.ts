import type { Measure } from '../../measures/measure';
import { turned } from '../../measures/measure';
import { atMost, medianOf, milliseconds, ratioOf } from '../../support/summary';
import { watchSmoothness } from '../smoothness';
import type { PageName, UiStage } from '../ui-stage';
import { openWarm } from '../writing-page';

const SLOWDOWN = 4;
const PAGES: PageName[] = ['product', 'whole'];

/** The same reply on a phone: a processor four times slower. */
export const blocking: Measure<UiStage> = {
  name: 'blocking at 4×',
  async round(stage, index) {
    const sample: Record<string, number> = {};
    for (const name of turned(PAGES, index)) {
      const page = await openWarm(stage, name, { slowdown: SLOWDOWN });
      const seen = await watchSmoothness(page.writing.page);
      await page.writing.ask({ kind: 'mixed', kilobytes: 20 });
      const { blockingMs, longestTaskMs, frameP99Ms } = await seen();
      await page.close();
      sample[name] = blockingMs;
      sample[`${name} longest`] = longestTaskMs;
      sample[`${name} frame`] = frameP99Ms;
    }
    return sample;
  },
  rows(samples) {
    const atMostMs = (limit: number, name: string, measure: string) => ({
      measure: `${measure}, at 4× CPU throttle`,
      figure: milliseconds(medianOf(samples, `product ${name}`)),
      goal: `≤ ${limit} ms`,
      reached: medianOf(samples, `product ${name}`) <= limit,
      context: `the whole-text page: ${milliseconds(medianOf(samples, `whole ${name}`))}`,
    });
    return [
      atMost(0.02, ratioOf(samples, 'product', 'whole'), {
        measure: 'blocking time of a 20 kB reply at 4× CPU throttle ÷ the whole-text page',
        context: `${milliseconds(medianOf(samples, 'product'))} ÷ ${milliseconds(medianOf(samples, 'whole'))}`,
      }),
      atMostMs(100, 'longest', 'longest task while it streams'),
      atMostMs(50, 'frame', 'frames while it streams, p99'),
    ];
  },
};
