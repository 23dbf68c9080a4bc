import { join } from 'node:path';

/** What a person wants to know of a server that has just started, in a few lines. */
export function describeServer(address, { health, models }, environment) {
  return [
    '',
    `Confab is ready:  ${address}`,
    `History:          ${historyLine(health.store, environment)}`,
    `Models:           ${modelsLine(health.models, models)}`,
    'Ctrl+C ends it.',
  ].join('\n');
}

function historyLine(store, environment) {
  if (!store.ok) return `the store (${store.driver}) cannot be reached yet; the page will say so`;
  if (!store.durable) return 'kept in memory only, gone when the server ends';
  if (store.driver === 'sqlite') return `kept in ${join(environment.DATA_DIR, 'confab.sqlite')}`;
  return `kept in Redis${store.driver === 'upstash' ? ' at Upstash' : ''}`;
}

function modelsLine({ configured, demo }, models) {
  if (demo)
    return 'the built-in demo answers; put a key such as OPENAI_API_KEY into .env.local for a real model';
  const count = models?.models?.length ?? 0;
  return `${count} of ${configured.join(', ')}${models?.default ? `; ${models.default} answers unless another is chosen` : ''}`;
}
