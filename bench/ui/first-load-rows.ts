import { readFirstLoad } from '@/e2e/support/page/first-load';
import budget from '../budget.json' with { type: 'json' };
import type { Row } from '../measures/measure';
import { newVisitorContext } from './new-visitor-context';
import { StreamingPage } from './streaming-page';
import type { UiBench } from './ui-bench';

/** What the page loads for a new visitor before the first message, and whether anything comes from another origin. */
export async function firstLoadRows(bench: UiBench): Promise<Row[]> {
  const context = await newVisitorContext(bench.browser);
  const page = await context.newPage();
  const load = await readFirstLoad(page, bench.address.product);
  await new StreamingPage(page, 'product').ask({ kind: 'mixed', kilobytes: 4 });
  await context.close();
  return [
    {
      measure: 'first load: all scripts before the first message, gzip',
      result: kilobytes(load.gzipBytes),
      goal: `≤ ${kilobytes(budget.goalBytes)} and ≤ the budget file + 2 %`,
      met: load.gzipBytes <= Math.min(budget.goalBytes, budget.firstLoadBytes * 1.02),
      context: `${load.scripts.length} files; the budget file says ${kilobytes(budget.firstLoadBytes)}`,
    },
    {
      measure: 'requests to another origin, including the first reply',
      result: String(load.foreignRequests.length),
      goal: '0',
      met: load.foreignRequests.length === 0,
      context: load.foreignRequests.join(' '),
    },
  ];
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
