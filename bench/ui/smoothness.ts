import type { Page } from '@playwright/test';
import { percentile, sum } from '../support/stats';

/** A task that is longer blocks what the person does. */
const BLOCKING_MS = 50;

export interface Smoothness {
  /** What the long tasks have beyond 50 ms, together. */
  blockingMs: number;
  longestTaskMs: number;
  /** Between two frames, the 99th percentile. */
  frameP99Ms: number;
}

interface Watched {
  tasks: number[];
  frames: number[];
}

/** Watches the page's long tasks and its frames from now on. The answer is what was seen until then. */
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
