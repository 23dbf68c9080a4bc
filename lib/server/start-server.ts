import { SettingsError } from './env';
import { log, reasonOf } from './log';
import { services } from './services';

/** Live replies may finish for this long after a SIGTERM. */
const GRACE_MS = 25_000;
/** How long their text may take to be saved then: orchestrators kill 30 s after a SIGTERM. */
const SAVE_MS = 3_000;
/** The last words of the replies are on their way to their readers when the runs have ended. */
const FLUSH_MS = 250;

/** Opens the store and the models, says what it found, and sees to a quiet end. */
export async function startServer(): Promise<void> {
  outliveReaders();
  try {
    const { store, catalog } = await services();
    const models = catalog.list().map((model) => model.id);
    log('info', 'started', { store: store.driver, durable: store.durable, models: models.join(' ') });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  let told = false;
  process.on('SIGTERM', () => {
    // A service manager tells npm and us, and npm passes it on: the second one must not kill what the first one saves.
    if (!told) void shutDown('SIGTERM', GRACE_MS);
    told = true;
  });
  // Once: a second Ctrl+C ends the process on the spot.
  process.once('SIGINT', () => void shutDown('SIGINT', 0));
}

/**
 * Who reads our output may go first (a supervisor that was killed). The error of the write that follows, unheard, is
 * one more line to write: without end, with the process at full load and deaf to the signal that ends it.
 */
function outliveReaders(): void {
  const unread = () => undefined;
  process.stdout.on('error', unread);
  process.stderr.on('error', unread);
}

async function shutDown(signal: string, graceMs: number): Promise<void> {
  try {
    const { runs, store } = await services();
    log('info', 'shutting_down', { signal, liveTurns: runs.size });
    const hadReaders = runs.size > 0;
    await runs.close({ graceMs, saveMs: SAVE_MS });
    if (hadReaders) await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
    await store.close();
    process.exit(0);
  } catch (error) {
    log('error', 'shutdown_failed', { reason: reasonOf(error) });
    process.exit(1);
  }
}
