import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from '@/e2e/support/chromium-path';
import { readFirstLoad } from '@/e2e/support/page/first-load';
import { startAppServer } from '@/e2e/support/servers/app-server';
import budget from '../budget.json' with { type: 'json' };

const FILE = fileURLToPath(new URL('../budget.json', import.meta.url));

/** Records the first load of the current build as the new budget. The goal does not change. */
export async function run(): Promise<void> {
  const app = await startAppServer();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    const { gzipBytes } = await readFirstLoad(await browser.newPage(), `${app.url}/`);
    await writeFile(FILE, `${JSON.stringify({ ...budget, firstLoadBytes: gzipBytes }, null, 2)}\n`);
    console.log(`First load: ${gzipBytes} bytes of script (before: ${budget.firstLoadBytes}).`);
  } finally {
    await browser.close();
    await app.dispose();
  }
}
