/** `npm start`: serves the build. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { endWithParent } from './support/end-with-parent.mjs';
import { loadEnvironmentFiles } from './support/environment-files.mjs';
import { main, Problem } from './support/problem.mjs';
import { ROOT } from './support/root.mjs';
import { checkRuntime, serve } from './support/serve.mjs';

await main(async () => {
  checkRuntime('Run `npm ci --include=optional`, which installs Node 24, then `npm start`.');
  endWithParent();
  if (!existsSync(join(ROOT, '.next', 'BUILD_ID')))
    throw new Problem('There is no build yet. Run `npm run build` first.');
  loadEnvironmentFiles();
  await serve({ dir: ROOT, command: process.env.CONFAB_STARTED_AS ?? 'npm start' });
});
