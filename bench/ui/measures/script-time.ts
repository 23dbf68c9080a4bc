import type { Measure } from '../../measures/measure';
import { turned } from '../../measures/measure';
import { atMost, medianOf, milliseconds, ratioOf } from '../../support/summary';
import { costBetween, readCost } from '../page-cost';
import type { Reply } from '../replies';
import type { PageName, UiStage } from '../ui-stage';
import { openWarm } from '../writing-page';

const REPLY: Reply = { kind: 'mixed', kilobytes: 20 };
const PAGES: PageName[] = ['product', 'whole'];

/** What a reply costs the page that shows it, beside the page that renders its whole text once a frame. */
export const scriptTime: Measure<UiStage> = {
  name: 'script time',
  async round(stage, index) {
    const sample: Record<string, number> = {};
    for (const name of turned(PAGES, index)) {
      const { scriptMs, taskMs } = await costOf(stage, name, REPLY);
      sample[name] = scriptMs;
      sample[`${name} task`] = taskMs;
    }
    return sample;
  },
  rows: (samples) => [
    atMost(0.13, ratioOf(samples, 'product', 'whole'), {
      measure: 'script time of a 20 kB reply ÷ the whole-text page',
      context: `${milliseconds(medianOf(samples, 'product'))} ÷ ${milliseconds(medianOf(samples, 'whole'))}; all of the main thread ${milliseconds(medianOf(samples, 'product task'))} ÷ ${milliseconds(medianOf(samples, 'whole task'))}`,
    }),
  ],
};

/** From the question to the whole reply, on a warm page of its own. */
export async function costOf(stage: UiStage, name: PageName, reply: Reply) {
  const page = await openWarm(stage, name);
  const before = await readCost(page.cdp);
  await page.writing.ask(reply);
  const cost = costBetween(before, await readCost(page.cdp));
  await page.close();
  return cost;
}
