import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from './problem.mjs';

const READY_MS = 60_000;
const ALL_INTERFACES = new Set([undefined, '0.0.0.0', '::']);

export function addressOf(host, port) {
  const name = ALL_INTERFACES.has(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/**
 * Polls until the server answers. Null if `hasExited` says that the server process is gone.
 * @throws Problem if it does not answer within a minute.
 */
export async function waitForServer(address, hasExited) {
  const deadline = Date.now() + READY_MS;
  while (!hasExited()) {
    const health = await read(`${address}/api/health`, ownerHeaders());
    if (health) return { health, models: await read(`${address}/api/models`) };
    if (Date.now() > deadline) throw new Problem(`The server did not answer at ${address} within a minute.`);
    await pause(100);
  }
  return null;
}

/** With ADMIN_TOKEN set, only its owner is told which store and models the server has. */
const ownerHeaders = () => {
  const token = process.env.ADMIN_TOKEN?.trim();
  return token ? { authorization: `Bearer ${token}` } : {};
};

/** Null if nothing listens there or the response is not JSON. */
async function read(url, headers = {}) {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
    return await response.json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || error.name === 'TimeoutError')
      return null;
    throw error;
  }
}
