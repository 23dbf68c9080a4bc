import { fileURLToPath } from 'node:url';
import { runCommand } from '@/e2e/deploy/run-command';
import { must } from '../../support/run-checks';
import type { VercelCheck } from '../vercel-check';
import type { VercelLab } from '../vercel-lab';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SMOKE_MS = 4 * 60_000;

async function smoke(lab: VercelLab, freezes: boolean): Promise<string> {
  const site = await lab.site({ freezes });
  const { output } = await runCommand(['playwright', 'test', '--config', 'e2e/playwright.config.ts'], {
    cwd: ROOT,
    timeoutMs: SMOKE_MS,
    environment: {
      E2E_BASE_URL: site.url,
      // For requests without a page; the browser is told in the configuration.
      NODE_EXTRA_CA_CERTS: lab.certificates.caFile,
      PATH: `${ROOT}/node_modules/.bin:${process.env.PATH}`,
    },
  });
  const passed = Number(/(\d+) passed/.exec(output)?.[1] ?? 0);
  const seen = `${passed} tests passed; functions were frozen ${site.freezeCount} times`;
  must(passed >= 3 && site.freezeCount > 0 === freezes, `${seen}\n${output.slice(-2_000)}`);
  return seen;
}

/** The part of the end-to-end tests that passes on any site. */
export const smokeTests: VercelCheck[] = [
  {
    name: 'smoke',
    promise: 'the smoke tests pass',
    run: (lab) => smoke(lab, false),
  },
  {
    name: 'smoke-frozen',
    promise: 'the smoke tests pass while functions without a request are frozen',
    run: (lab) => smoke(lab, true),
  },
];
