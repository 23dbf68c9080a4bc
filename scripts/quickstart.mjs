/**
 * `npm run quickstart`: installs, builds, serves, and says where. What was done before is skipped.
 * Begins on Node 20 with nothing installed, so it imports only Node's own modules; the server runs on Node 24.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, waitForServer } from './support/ask-server.mjs';
import { ensureBuild } from './support/build.mjs';
import { describeServer } from './support/describe-server.mjs';
import { endWithParent } from './support/end-with-parent.mjs';
import { main } from './support/fail.mjs';
import { liveAndDieWith } from './support/forward-signals.mjs';
import { checkNode, ensurePackages } from './support/packages.mjs';
import { step } from './support/progress.mjs';
import { ROOT } from './support/root.mjs';
import { toolEnvironment } from './support/run.mjs';
import {
  checkPort,
  hostOf,
  loadEnvironmentFiles,
  portOf,
  prepareDataFolder,
} from './support/server-settings.mjs';

const COMMAND = 'npm run quickstart';

/** Node 24 comes with the packages; without the optional ones `start.mjs` judges the Node that we have. */
function serverNode() {
  const own = join(ROOT, 'node_modules', '.bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

function serve() {
  return spawn(serverNode(), [join(ROOT, 'scripts', 'start.mjs')], {
    env: toolEnvironment({ CONFAB_STARTED_AS: COMMAND }),
    // The channel tells the server when we are gone, however we went.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Ctrl+C reaches the server through us alone, once.
    detached: process.platform !== 'win32',
  });
}

await main(async () => {
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
  liveAndDieWith(server);
  const address = addressOf(process.env.HOST, port);
  const answers = await waitForServer(address, () => server.exitCode !== null);
  if (answers) console.log(describeServer(address, answers, process.env));
});
