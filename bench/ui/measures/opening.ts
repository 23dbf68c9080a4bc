import { setTimeout as pause } from 'node:timers/promises';
import type { Measure } from '../../measures/measure';
import { alternate } from '../../measures/measure';
import { median } from '../../support/stats';
import { medianOf, milliseconds, ratioOf, rowWithLimit } from '../../support/summary';
import { newVisitorContext } from '../new-visitor-context';
import { type Length, lastQuestion } from '../seed-conversations';
import type { UiBench } from '../ui-bench';

const LENGTHS: Length[] = ['short', 'long'];
const BLOCKS = 4;
/** After this long without a long task, the page is considered idle. */
const QUIET_MS = 1_500;

/** The time to open the page on a conversation: until its newest turn is shown and the main thread is idle. */
export const opening: Measure<UiBench> = {
  name: 'opening',
  async round(bench, index) {
    const times: Record<Length, number[]> = { short: [], long: [] };
    for (let block = 0; block < BLOCKS; block += 1) {
      for (const length of alternate(LENGTHS, index + block)) times[length].push(await open(bench, length));
    }
    return { short: median(times.short), long: median(times.long) };
  },
  rows: (samples) => [
    rowWithLimit(1.3, ratioOf(samples, 'long', 'short'), {
      measure: 'opening a conversation of 5,000 turns ÷ one of 50, to interactive',
      context: `${milliseconds(medianOf(samples, 'long'))} ÷ ${milliseconds(medianOf(samples, 'short'))}`,
    }),
  ],
};

interface Opened {
  shownMs: number | null;
  /** When the last long task ended. */
  busyUntilMs: number;
}

async function open({ browser, address, guests, cookieOf }: UiBench, length: Length): Promise<number> {
  const context = await newVisitorContext(browser);
  await context.addCookies([{ ...cookieOf(guests[length]), url: address.product }]);
  const page = await context.newPage();
  await page.addInitScript((newest) => {
    const opened: Opened = { shownMs: null, busyUntilMs: 0 };
    Reflect.set(window, 'opened', opened);
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) opened.busyUntilMs = startTime + duration;
    }).observe({ type: 'longtask', buffered: true });
    const onFrame = () => {
      const last = [...document.querySelectorAll('article')].at(-1);
      if (last?.textContent?.includes(newest)) setTimeout(() => (opened.shownMs = performance.now()));
      else requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  }, lastQuestion(length));
  await page.goto(address.product);
  const read = () => page.evaluate((): Opened => Reflect.get(window, 'opened'));
  let opened = await read();
  for (let left = 40; opened.shownMs === null && left > 0; left -= 1) {
    await pause(250);
    opened = await read();
  }
  if (opened.shownMs === null) throw new Error(`The ${length} conversation did not open.`);
  await pause(QUIET_MS);
  const { shownMs, busyUntilMs } = await read();
  await context.close();
  return Math.max(shownMs ?? Number.NaN, busyUntilMs);
}
