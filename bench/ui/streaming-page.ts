import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page, Request } from '@playwright/test';
import { newVisitorContext } from './new-visitor-context';
import { questionFor, type Reply, textOf } from './replies';
import type { PageName, UiBench } from './ui-bench';

const PATHS: Record<PageName, string> = { product: '/api/chat/stream', whole: '/stream' };
/** Longer than any reply of the benchmark takes. */
const STREAM_TIMEOUT_MS = 180_000;
/** Longer than any page defers what it shows. */
const SHOWN_AFTER_MS = 500;
/** The page must show at least this share of the text. Markup (`**`, `|`, fences) is not part of it. */
const LEAST_SHOWN = 0.75;

/** A page that streams replies. */
export class StreamingPage {
  constructor(
    readonly page: Page,
    private readonly name: PageName,
  ) {}

  /** Asks, and resolves when the whole reply is shown. The benchmark runs nothing in the page while it streams. */
  async ask(reply: Reply): Promise<void> {
    const ended = streamEnded(this.page, PATHS[this.name]);
    const field = this.page.getByRole('textbox', { name: /^Message/ });
    await field.fill(questionFor(reply));
    await field.press('Enter');
    await ended;
    await pause(SHOWN_AFTER_MS);
    await this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const shown = (await this.page.getByRole('article').last().textContent()) ?? '';
    if (shown.length < textOf(reply).length * LEAST_SHOWN)
      throw new Error(`${this.name} shows ${shown.length} of ${textOf(reply).length} characters`);
  }
}

/** Resolves when the page's stream has ended or the page has closed it after its last event. */
function streamEnded(page: Page, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No stream of ${path} ended.`)), STREAM_TIMEOUT_MS);
    const onEnd = (request: Request) => {
      if (request.method() !== 'POST' || new URL(request.url()).pathname !== path) return;
      clearTimeout(late);
      page.off('requestfinished', onEnd);
      page.off('requestfailed', onEnd);
      resolve();
    };
    page.on('requestfinished', onEnd);
    page.on('requestfailed', onEnd);
  });
}

export interface WarmPage {
  streaming: StreamingPage;
  cdp: CDPSession;
  close(): Promise<void>;
}

/** Opens the page as a new visitor and waits for one reply, so that everything the page loads on its own is there. */
export async function openWarmPage(bench: UiBench, name: PageName, { slowdown = 1 } = {}): Promise<WarmPage> {
  const context = await newVisitorContext(bench.browser);
  const page = await context.newPage();
  await page.goto(bench.address[name], { waitUntil: 'networkidle' });
  const streaming = new StreamingPage(page, name);
  await streaming.ask({ kind: 'mixed', kilobytes: 2 });
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return { streaming, cdp, close: () => context.close() };
}
