import { readFirstLoad } from '@/e2e/support/page/first-load';
import budget from '../budget.json' with { type: 'json' };
import type { Row } from '../measures/measure';
import { newVisitor } from './new-visitor';
import type { UiStage } from './ui-stage';
import { WritingPage } from './writing-page';

/** What a new visitor's page fetches before a word is said, and from where; and whether a reply changes the latter. */
export async function firstLoadRows(stage: UiStage): Promise<Row[]> {
  const context = await newVisitor(stage.browser);
  const page = await context.newPage();
  const load = await readFirstLoad(page, stage.address.product);
  await new WritingPage(page, 'product').ask({ kind: 'mixed', kilobytes: 4 });
  await context.close();
  return [
    {
      measure: 'first-load script, gzip, all that is loaded before the first message',
      figure: kilobytes(load.gzipBytes),
      goal: `≤ ${kilobytes(budget.goalBytes)}, and the budget file + 2 %`,
      reached: load.gzipBytes <= Math.min(budget.goalBytes, budget.firstLoadBytes * 1.02),
      context: `${load.scripts.length} files; the budget file says ${kilobytes(budget.firstLoadBytes)}`,
    },
    {
      measure: 'requests to another origin, with a reply',
      figure: String(load.foreignRequests.length),
      goal: '0',
      reached: load.foreignRequests.length === 0,
      context: load.foreignRequests.join(' '),
    },
  ];
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
