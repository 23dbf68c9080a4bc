import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page, Request } from '@playwright/test';
import { newVisitor } from './new-visitor';
import { questionFor, type Reply, textOf } from './replies';
import type { PageName, UiStage } from './ui-stage';

const PATHS: Record<PageName, string> = { product: '/api/chat/stream', whole: '/stream' };
/** Longer than any reply of the bench streams. */
const STREAMED_MS = 180_000;
/** Longer than any page puts off what it shows. */
const SETTLED_MS = 500;
/** Marks (`**`, `|`, fences) are no text of the page; what else is missing was not shown. */
const LEAST_SHOWN = 0.75;

/** A page on which a person asks and reads. */
export class WritingPage {
  constructor(
    readonly page: Page,
    private readonly name: PageName,
  ) {}

  /** Asks, and resolves when the whole reply is on the screen. Nothing of ours runs in the page while it streams. */
  async ask(reply: Reply): Promise<void> {
    const ended = streamEnded(this.page, PATHS[this.name]);
    const field = this.page.getByRole('textbox', { name: /^Message/ });
    await field.fill(questionFor(reply));
    await field.press('Enter');
    await ended;
    await pause(SETTLED_MS);
    await this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const shown = (await this.page.getByRole('article').last().textContent()) ?? '';
    if (shown.length < textOf(reply).length * LEAST_SHOWN)
      throw new Error(`${this.name} shows ${shown.length} of ${textOf(reply).length} characters`);
  }
}

/** Resolves when the page's stream is over: at its end, or let go by the page, which heard the end in it. */
function streamEnded(page: Page, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no stream of ${path} ended`)), STREAMED_MS);
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
  writing: WritingPage;
  cdp: CDPSession;
  close(): Promise<void>;
}

/** That of a new visitor to whom one reply has come, so that all that the page loads by itself is there. */
export async function openWarm(stage: UiStage, name: PageName, { slowdown = 1 } = {}): Promise<WarmPage> {
  const context = await newVisitor(stage.browser);
  const page = await context.newPage();
  await page.goto(stage.address[name], { waitUntil: 'networkidle' });
  const writing = new WritingPage(page, name);
  await writing.ask({ kind: 'mixed', kilobytes: 2 });
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return { writing, cdp, close: () => context.close() };
}
