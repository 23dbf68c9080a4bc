import { SettingsError } from './env';
import { log, reasonOf } from './log';
import { services } from './services';

/** Live replies may finish for this long after a SIGTERM. */
const GRACE_MS = 25_000;

/** Opens the store and the models, says what it found, and sees to a quiet end. */
export async function startServer(): Promise<void> {
  try {
    const { store, catalog } = await services();
    const models = catalog.list().map((model) => model.id);
    log('info', 'started', { store: store.driver, durable: store.durable, models: models.join(' ') });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  process.once('SIGTERM', () => void shutDown('SIGTERM'));
  process.once('SIGINT', () => void shutDown('SIGINT'));
}

async function shutDown(signal: string): Promise<void> {
  try {
    const { runs, store } = await services();
    log('info', 'shutting_down', { signal, liveTurns: runs.size });
    await runs.close(signal === 'SIGTERM' ? GRACE_MS : 0);
    await store.close();
    process.exit(0);
  } catch (error) {
    log('error', 'shutdown_failed', { reason: reasonOf(error) });
    process.exit(1);
  }
}
