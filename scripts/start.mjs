/** `npm start`: serves the build in this process, so that ending the process ends the server. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startFrontServer } from './front-server.mjs';
import { endWithParent } from './support/end-with-parent.mjs';
import { main, Problem } from './support/problem.mjs';
import { ROOT } from './support/root.mjs';
import {
  checkPort,
  hostOf,
  loadEnvironmentFiles,
  portOf,
  prepareDataFolder,
} from './support/server-settings.mjs';

function checkRuntime() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return;
  throw new Problem(
    `The server needs Node 22.15 or newer; this is Node ${process.versions.node}. Run \`npm ci --include=optional\`, which installs Node 24, then \`npm start\`.`,
  );
}

/** Browsers refuse to open these ports, such as 6000 of X11. */
function checkReserved(port) {
  const reserved = createRequire(import.meta.url)('next/dist/lib/helpers/get-reserved-port.js');
  if (reserved.isPortIsReserved(port)) throw new Problem(reserved.getReservedPortExplanation(port));
}

await main(async () => {
  checkRuntime();
  endWithParent();
  if (!existsSync(join(ROOT, '.next', 'BUILD_ID')))
    throw new Problem('There is no build yet. Run `npm run build` first.');
  process.env.NODE_ENV = 'production';
  // Next would close the listener and wait forever; `instrumentation.ts` saves running replies, then exits.
  process.env.NEXT_MANUAL_SIG_HANDLE = '1';
  loadEnvironmentFiles();
  const port = portOf(process.env);
  checkReserved(port);
  const hostname = hostOf(process.env);
  prepareDataFolder(process.env);
  await checkPort(port, hostname, process.env.CONFAB_STARTED_AS ?? 'npm start');
  await startFrontServer({ dir: ROOT, port, hostname });
});
