import { join } from 'node:path';

/** The lines printed once the server has started: its address, where history is stored and which models it has. */
export function describeServer(address, { health, models }, environment) {
  return [
    '',
    `Confab is ready:  ${address}`,
    `History:          ${historyLine(health.store, environment)}`,
    `Models:           ${modelsLine(health.models, models)}`,
    '',
    'Press Ctrl+C to stop the server.',
  ].join('\n');
}

function historyLine(store, environment) {
  if (!store.ok) return `not available yet: the store (${store.driver}) cannot be reached`;
  if (!store.durable) return 'kept in memory only; it is lost when the server stops';
  if (store.driver === 'sqlite') return `saved in ${join(environment.DATA_DIR, 'confab.sqlite')}`;
  return `saved in Redis${store.driver === 'upstash' ? ' at Upstash' : ''}`;
}

function modelsLine({ configured, demo }, models) {
  if (demo)
    return 'the built-in demo; for a real model, add a key such as OPENAI_API_KEY to .env.local and restart';
  const count = models?.models?.length ?? 0;
  return `${count} from ${configured.join(', ')}${models?.default ? `; the default is ${models.default}` : ''}`;
}
