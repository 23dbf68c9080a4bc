/**
 * `npm run quickstart`: installs packages, builds and starts the server, which prints its address. Steps that are up to
 * date are skipped. It starts on Node 20 with nothing installed, so it imports only Node's own modules; the server runs on
 * Node 24.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './support/build.mjs';
import { endWithParent } from './support/end-with-parent.mjs';
import { loadEnvironmentFiles } from './support/environment-files.mjs';
import { followChild } from './support/follow-child.mjs';
import { ignoreOutputErrors } from './support/output-errors.mjs';
import { checkNode, ensurePackages } from './support/packages.mjs';
import { main } from './support/problem.mjs';
import { step } from './support/progress.mjs';
import { ROOT } from './support/root.mjs';
import { toolEnvironment } from './support/run.mjs';
import { checkPort, hostOf, portOf, prepareDataFolder } from './support/server-settings.mjs';

const COMMAND = 'npm run quickstart';

/** Node 24 comes with the optional packages; without them, `start.mjs` checks the version of this Node. */
function serverNode() {
  const own = join(ROOT, 'node_modules', '.bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

function serve() {
  return spawn(serverNode(), [join(ROOT, 'scripts', 'start.mjs')], {
    env: toolEnvironment({ CONFAB_STARTED_AS: COMMAND }),
    // The IPC channel closes when this process ends for any reason, and the server exits with it.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Its own process group, so that Ctrl+C reaches the server once, through this process.
    detached: process.platform !== 'win32',
  });
}

await main(async () => {
  ignoreOutputErrors();
  checkNode();
  await step('Installing packages', ensurePackages);
  loadEnvironmentFiles();
  process.env.HOST = hostOf(process.env) ?? '127.0.0.1';
  const port = portOf(process.env);
  prepareDataFolder(process.env);
  await checkPort(port, process.env.HOST, COMMAND);
  await step('Building', ensureBuild);
  const server = serve();
  endWithParent();
  followChild(server);
});
