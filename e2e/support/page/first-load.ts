import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

export interface LoadedScript {
  name: string;
  text: string;
  gzipBytes: number;
}

export interface FirstLoad {
  /** Every script that was fetched, in order of arrival. */
  scripts: LoadedScript[];
  /** The total of all scripts, each compressed separately (gzip, level 6) as a server sends it. */
  gzipBytes: number;
  /** Requests of any kind to an origin other than the page's own. */
  foreignRequests: string[];
}

/** Everything that the page loads for a new visitor who does nothing, including work done when the browser is idle. */
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
  // Idle callbacks run in order, so the page's own have run once this one does.
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
