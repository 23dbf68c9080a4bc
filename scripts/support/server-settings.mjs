import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Problem } from './problem.mjs';

const STORE_ADDRESSES = ['UPSTASH_REDIS_REST_URL', 'KV_REST_API_URL', 'REDIS_URL'];

/** @throws Problem if `PORT` is not a valid port. */
export function portOf(environment) {
  const text = environment.PORT?.trim() || '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Problem(`PORT must be a number from 1 to 65535, but it is "${text}".`);
}

/** Undefined means all interfaces, including IPv6. */
export const hostOf = (environment) => environment.HOST?.trim() || undefined;

/** @throws Problem if the port cannot be listened on. */
export function checkPort(port, host, command) {
  return new Promise((done, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(new Problem(portMessage(error, port, host, command))));
    probe.listen({ port, host }, () => probe.close(() => done()));
  });
}

function portMessage(error, port, host, command) {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is already in use. Choose another one: PORT=${port + 1} ${command}`;
  if (error.code === 'EACCES')
    return `This account may not use port ${port}. Choose one above 1023: PORT=3000 ${command}`;
  return `Confab cannot listen on ${host ?? 'all interfaces'}, port ${port} (${error.code}). Check HOST and PORT.`;
}

/** Whether conversations are kept in a SQLite file. */
export const storesInFile = (environment) =>
  environment.DATA_DIR?.trim() !== ':memory:' && !STORE_ADDRESSES.some((name) => environment[name]?.trim());

/** Folders that builds and other tools delete, which would delete conversations, too. */
const EMPTIED = new Set(['.next', '.vercel', 'node_modules']);

/** @throws Problem if the folder is inside one that a build replaces, directly or through links. */
function refuseBuildFolder(folder) {
  const parts = `${folder}${sep}${realPathOf(folder)}`.split(sep);
  const emptied = parts.find((part) => EMPTIED.has(part));
  if (emptied)
    throw new Problem(
      `DATA_DIR is ${folder}, inside ${emptied}: the next build would delete every conversation. Set DATA_DIR to a folder outside of it, and move the folder there if it has conversations.`,
    );
}

/** The real path of a folder that need not exist yet. */
function realPathOf(folder) {
  if (existsSync(folder)) return realpathSync(folder);
  const above = dirname(folder);
  return above === folder ? folder : join(realPathOf(above), basename(folder));
}

/**
 * Resolves `DATA_DIR` against the current directory, creates the folder and checks that it is writable. Does nothing
 * if the store is Redis or in memory.
 * @throws Problem if the folder is in a build, or cannot be created or written.
 */
export function prepareDataFolder(environment) {
  const given = environment.DATA_DIR?.trim() || '.data';
  if (!storesInFile(environment)) return;
  const folder = resolve(given);
  environment.DATA_DIR = folder;
  refuseBuildFolder(folder);
  try {
    makeFolder(folder, 0o700);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Problem(
      `Conversations cannot be saved in ${folder} (${error.code}). Make that folder writable, or set DATA_DIR to another one.`,
    );
  }
}

/** Not with `recursive`: Node then retries forever in a folder such as /proc. */
function makeFolder(folder, mode = 0o777) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode });
}
