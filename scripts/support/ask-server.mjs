import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from './fail.mjs';

const READY_MS = 60_000;
const ANYWHERE = new Set([undefined, '0.0.0.0', '::']);

export function addressOf(host, port) {
  const name = ANYWHERE.has(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Asks until the server answers; `ended` tells that there is no server to wait for any more. */
export async function waitForServer(address, ended) {
  const deadline = Date.now() + READY_MS;
  while (!ended()) {
    const health = await read(`${address}/api/health`);
    if (health) return { health, models: await read(`${address}/api/models`) };
    if (Date.now() > deadline) throw new Problem(`The server did not answer at ${address} within a minute.`);
    await pause(100);
  }
  return null;
}

/** Null while nobody listens there, or what answers is not ours. */
async function read(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return await response.json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || error.name === 'TimeoutError')
      return null;
    throw error;
  }
}
