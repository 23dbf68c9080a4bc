import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { Problem } from './fail.mjs';
import { ROOT } from './root.mjs';

const STORE_ADDRESSES = ['UPSTASH_REDIS_REST_URL', 'KV_REST_API_URL', 'REDIS_URL'];

/** Reads `.env.local` and its kin into the process's environment, as Next does; what was set before wins. */
export function loadEnvironmentFiles({ dev = false } = {}) {
  createRequire(join(ROOT, 'package.json'))('@next/env').loadEnvConfig(ROOT, dev);
}

/** @throws Problem where `PORT` is no port. */
export function portOf(environment) {
  const text = environment.PORT?.trim() || '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Problem(`PORT must be a number from 1 to 65535; it is "${text}".`);
}

/** Undefined: all interfaces, IPv6 too. */
export const hostOf = (environment) => environment.HOST?.trim() || undefined;

/** @throws Problem where nobody could listen there now. */
export function checkPort(port, host, command) {
  return new Promise((done, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(new Problem(portSentence(error, port, host, command))));
    probe.listen({ port, host }, () => probe.close(() => done()));
  });
}

function portSentence(error, port, host, command) {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program; choose another one: PORT=${port + 1} ${command}`;
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this account; choose one above 1023: PORT=3000 ${command}`;
  return `Confab cannot listen on ${host ?? 'all interfaces'}, port ${port} (${error.code}); check HOST and PORT.`;
}

/**
 * Makes `DATA_DIR` absolute, against the folder in which the server is started, and sees that it can be written.
 * With a store in Redis no folder is needed and none is made.
 * @throws Problem
 */
export function prepareDataFolder(environment) {
  const given = environment.DATA_DIR?.trim() || '.data';
  if (given === ':memory:' || STORE_ADDRESSES.some((name) => environment[name]?.trim())) return;
  const folder = resolve(given);
  environment.DATA_DIR = folder;
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Problem(
      `History cannot be kept in ${folder} (${error.code}): make that folder writable or set DATA_DIR to another one.`,
    );
  }
}

/** Not `recursive`: under a folder such as /proc Node then tries for ever. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
