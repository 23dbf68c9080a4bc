import { createRequire } from 'node:module';
import { startFrontServer } from '../front-server.mjs';
import { ignoreOutputErrors } from './output-errors.mjs';
import { Problem } from './problem.mjs';
import { checkPort, hostOf, portOf, prepareDataFolder } from './server-settings.mjs';

/** The oldest Node whose `node:sqlite` has what the server needs. */
const OLDEST_NODE = [22, 15];

/**
 * Serves the build in `dir` in this process, so that ending the process ends the server. The settings come
 * from the environment. `npm start` and the standalone server use it; it imports only Node's own modules and
 * Next.
 * @throws Problem if a setting is invalid or the port cannot be used.
 */
export async function serve({ dir, command }) {
  ignoreOutputErrors();
  process.env.NODE_ENV = 'production';
  // Next would close the listener and wait forever; `instrumentation.ts` saves running replies, then exits.
  process.env.NEXT_MANUAL_SIG_HANDLE = '1';
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  const port = portOf(process.env);
  checkReserved(port);
  const hostname = hostOf(process.env);
  prepareDataFolder(process.env);
  await checkPort(port, hostname, command);
  await startFrontServer({ dir, port, hostname });
}

/** Browsers refuse to open these ports, such as 6000 of X11. */
function checkReserved(port) {
  const reserved = createRequire(import.meta.url)('next/dist/lib/helpers/get-reserved-port.js');
  if (reserved.isPortIsReserved(port)) throw new Problem(reserved.getReservedPortExplanation(port));
}

/** @throws Problem with `advice` if the server does not run on this Node. */
export function checkRuntime(advice) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Problem(
    `The server needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}. ${advice}`,
  );
}
