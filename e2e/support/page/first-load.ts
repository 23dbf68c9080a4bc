import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

export interface LoadedScript {
  name: string;
  text: string;
  gzipBytes: number;
}

export interface FirstLoad {
  /** Every script that was fetched, in the order in which they came. */
  scripts: LoadedScript[];
  /** Of all of them, each file packed by itself (gzip, level 6): what a server sends. */
  gzipBytes: number;
  /** Requests of any kind that did not go to the page's own origin. */
  foreignRequests: string[];
}

/** What a new visitor's page loads by itself, idle work included, before a word is said. */
export async function readFirstLoad(page: Page, address: string): Promise<FirstLoad> {
  const responses: Response[] = [];
  const foreignRequests: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== new URL(address).origin)
      foreignRequests.push(url.href);
  });
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') responses.push(response);
  });
  await page.goto(address);
  await page.getByRole('textbox').waitFor();
  // What the page put off until it is idle comes before what is put off now.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await page.waitForLoadState('networkidle');
  const scripts = await Promise.all(
    responses.map(async (response) => {
      const body = await response.body();
      const name = new URL(response.url()).pathname.split('/').at(-1) ?? '';
      return { name, text: body.toString(), gzipBytes: gzipSync(body).length };
    }),
  );
  return { scripts, gzipBytes: scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0), foreignRequests };
}
