import type { CDPSession } from '@playwright/test';

/** What the page's process has done since it began, as Chromium counts it. */
export interface PageCost {
  /** Milliseconds in which script ran. */
  scriptMs: number;
  /** Milliseconds in which the main thread did anything: script, style, layout, paint. */
  taskMs: number;
}

/** `Performance.enable` must have been sent. Runs nothing in the page. */
export async function readCost(cdp: CDPSession): Promise<PageCost> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { scriptMs: seconds('ScriptDuration') * 1000, taskMs: seconds('TaskDuration') * 1000 };
}

export const costBetween = (before: PageCost, after: PageCost): PageCost => ({
  scriptMs: after.scriptMs - before.scriptMs,
  taskMs: after.taskMs - before.taskMs,
});
