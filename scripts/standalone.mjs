/** `npm run build:standalone`: builds a self-contained folder; `node .next/standalone/server.js` starts it. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './support/build.mjs';
import { loadEnvironmentFiles } from './support/environment-files.mjs';
import { noticesText, productionPackages } from './support/licenses.mjs';
import { checkPackages } from './support/packages.mjs';
import { main } from './support/problem.mjs';
import { ROOT } from './support/root.mjs';
import { FILES } from './support/standalone-files.mjs';

const OUT = join(ROOT, '.next', 'standalone');

await main(async () => {
  checkPackages();
  // BASE_PATH may be there.
  loadEnvironmentFiles();
  await build({ BUILD_STANDALONE: '1' });
  for (const [target, source] of Object.entries(FILES))
    if (existsSync(join(ROOT, source))) cpSync(join(ROOT, source), join(OUT, target), { recursive: true });
  writeFileSync(join(OUT, 'THIRD-PARTY-NOTICES.md'), noticesText(productionPackages()));
  console.log(
    '\nThe build is ready. Start it with: node .next/standalone/server.js\nIt reads PORT, HOST and the other settings from the environment.',
  );
});
