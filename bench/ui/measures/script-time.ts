import type { Measure } from '../../measures/measure';
import { alternate } from '../../measures/measure';
import { medianOf, milliseconds, ratioOf, rowWithLimit } from '../../support/summary';
import { costBetween, readCost } from '../page-cost';
import type { Reply } from '../replies';
import { openWarmPage } from '../streaming-page';
import type { PageName, UiBench } from '../ui-bench';

const REPLY: Reply = { kind: 'mixed', kilobytes: 20 };
const PAGES: PageName[] = ['product', 'whole'];

/** The script time of a reply, compared with the page that renders its whole text every frame. */
export const scriptTime: Measure<UiBench> = {
  name: 'script time',
  async round(bench, index) {
    const sample: Record<string, number> = {};
    for (const name of alternate(PAGES, index)) {
      const { scriptMs, taskMs } = await costOf(bench, name, REPLY);
      sample[name] = scriptMs;
      sample[`${name} task`] = taskMs;
    }
    return sample;
  },
  rows: (samples) => [
    rowWithLimit(0.13, ratioOf(samples, 'product', 'whole'), {
      measure: 'script time of a 20 kB reply ÷ the whole-text page',
      context: `${milliseconds(medianOf(samples, 'product'))} ÷ ${milliseconds(medianOf(samples, 'whole'))}; main thread ${milliseconds(medianOf(samples, 'product task'))} ÷ ${milliseconds(medianOf(samples, 'whole task'))}`,
    }),
  ],
};

/** The cost of a reply from its question to its end, on a new warm page. */
export async function costOf(bench: UiBench, name: PageName, reply: Reply) {
  const page = await openWarmPage(bench, name);
  const before = await readCost(page.cdp);
  await page.streaming.ask(reply);
  const cost = costBetween(before, await readCost(page.cdp));
  await page.close();
  return cost;
}
