import type { CDPSession } from '@playwright/test';

/** Time used by the page's process since it started, as counted by Chromium. */
export interface PageCost {
  /** The time spent running scripts. */
  scriptMs: number;
  /** The time the main thread was busy: script, style, layout and paint. */
  taskMs: number;
}

/** Requires `Performance.enable` to have been sent. Runs nothing in the page. */
export async function readCost(cdp: CDPSession): Promise<PageCost> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { scriptMs: seconds('ScriptDuration') * 1000, taskMs: seconds('TaskDuration') * 1000 };
}

export const costBetween = (before: PageCost, after: PageCost): PageCost => ({
  scriptMs: after.scriptMs - before.scriptMs,
  taskMs: after.taskMs - before.taskMs,
});
