import type { Page } from '@playwright/test';
import { percentile, sum } from '../support/stats';

/** A longer task delays the response to input. */
const BLOCKING_MS = 50;

export interface Smoothness {
  /** The sum of the time beyond 50 ms of all long tasks. */
  blockingMs: number;
  longestTaskMs: number;
  /** The 99th percentile of the time between two frames. */
  frameP99Ms: number;
}

interface Watched {
  tasks: number[];
  frames: number[];
}

/** Records the page's long tasks and frames from now on. The returned function reads the result so far. */
export async function watchSmoothness(page: Page): Promise<() => Promise<Smoothness>> {
  const watched = await page.evaluateHandle(() => {
    const seen: Watched = { tasks: [], frames: [] };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const onFrame = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    return seen;
  });
  return async () => {
    const { tasks, frames } = await watched.jsonValue();
    return {
      blockingMs: sum(tasks.map((task) => Math.max(0, task - BLOCKING_MS))),
      longestTaskMs: Math.max(0, ...tasks),
      frameP99Ms: percentile(frames, 0.99),
    };
  };
}
