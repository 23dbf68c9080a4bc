/**
 * `server.js` of the standalone server, which `scripts/standalone.mjs` puts in place of Next's own. It reads
 * and checks its settings as `npm start` does.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './support/problem.mjs';
import { checkRuntime, serve } from './support/serve.mjs';

const dir = dirname(fileURLToPath(import.meta.url));

await main(async () => {
  checkRuntime('Start it with a newer one.');
  // There is no next.config.mjs here: Next takes the configuration of the build from this variable.
  const { config } = JSON.parse(readFileSync(join(dir, '.next/required-server-files.json'), 'utf8'));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  await serve({ dir, command: 'node server.js' });
});
