/**
 * `npm run browsers`: walks through the page in Chromium, Firefox and WebKit, on the production build (`npm run build`
 * first) with a fake model, on loopback only. Uses Playwright's own builds of the browsers where they are installed,
 * else Debian's: Firefox over WebDriver BiDi, and WebKitGTK over WebDriver on a virtual screen. Prints what each check
 * saw and ends with `N passed, N failed`; exits with 1 if any failed.
 *   npm run browsers                             all checks in all three
 *   npm run browsers -- firefox 'webkit copy'    only the checks whose names start with one of these
 *   npm run browsers -- --pictures DIR           saves a picture of the page after each check
 */
import { parseArgs } from 'node:util';
import { type Check, must, runChecks } from '../support/run-checks';
import type { BrowserCheck } from './browser-check';
import { BrowserLab } from './browser-lab';
import { rows } from './checks/rows';
import { walk } from './checks/walk';
import { ENGINES, type Engine } from './drivers/start-browser';

/** An error of a script on the page fails the check as well. */
const checkIn = (
  engine: Engine,
  { name, promise, run, cookies = 'kept' }: BrowserCheck,
): Check<BrowserLab> => ({
  name: `${engine} ${name}`,
  promise,
  async run(lab) {
    const visit = await lab.visit(engine, cookies);
    try {
      const seen = await run(visit);
      const errors = await visit.page.takeErrors();
      must(errors.length === 0, `${seen}\nerrors of scripts: ${errors.join('; ')}`);
      return seen;
    } finally {
      await lab.takePicture(`${engine} ${name}`);
    }
  },
});

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { pictures: { type: 'string' } },
});
await runChecks({
  command: 'browsers',
  checks: ENGINES.flatMap((engine) => [...walk, ...rows].map((check) => checkIn(engine, check))),
  wanted: positionals,
  startLab: async () => new BrowserLab(values.pictures),
  checkMs: 2 * 60_000,
  runMs: 15 * 60_000,
});
