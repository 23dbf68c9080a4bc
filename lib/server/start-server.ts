import {
  exposureWarningsOfProcess,
  listenerOfProcess,
  nearMissesOfProcess,
  SettingsError,
  traceSettingsOfProcess,
} from './env';
import type { ExposureWarning } from './exposure';
import { secretAdvice } from './identity/secret-advice';
import { priceWarnings } from './limits/price-warnings';
import { flushLog, log, reasonOf } from './log';
import { metrics } from './metrics/metrics';
import { type Services, services } from './services';
import { firstHealth, startReport } from './start-report';
import { setTracing, tracing } from './tracing/tracing';
import { withinMs } from './within-ms';

/** How long live replies may go on after a SIGTERM. */
const GRACE_MS = 25_000;
/** How long saving their text may take after that: orchestrators kill a process 30 s after a SIGTERM. */
const SAVE_MS = 3_000;
/** Time for the last events to reach their readers. */
const FLUSH_MS = 250;
/** Time for the last spans to reach their collector. */
const TRACES_MS = 1_500;

/**
 * Opens the store and the models, logs what it found, and installs the signal handlers for a graceful
 * shutdown.
 */
export async function startServer(): Promise<void> {
  ignoreOutputErrors();
  const traces = traceSettingsOfProcess();
  if (traces) setTracing((await import('./tracing/start-tracing')).startTracing(traces));
  try {
    const opened = await services();
    const { catalog, settings } = opened;
    for (const { event, ...fields } of priceWarnings(settings.limits, catalog)) log('warn', event, fields);
    // Not awaited: the first requests need not wait for the store. What is wrong with it is in the log before this line.
    void report(opened);
    sayWarnings(exposureWarningsOfProcess());
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  let isShuttingDown = false;
  process.on('SIGTERM', () => {
    // Arrives twice when a service manager signals both npm and us; the second must not interrupt the first's
    // saving.
    if (!isShuttingDown) void shutDown('SIGTERM', GRACE_MS);
    isShuttingDown = true;
  });
  // `once`: a second Ctrl+C ends the process at once.
  process.once('SIGINT', () => void shutDown('SIGINT', 0));
}

/**
 * Logs the start report as one line and, except on Vercel, prints it as text. The last line says that the
 * server is ready.
 */
async function report({ settings, health, catalog }: Services): Promise<void> {
  const nearMisses = nearMissesOfProcess();
  for (const { variable, advice } of nearMisses) log('warn', 'variable_ignored', { variable, advice });
  const secret = secretAdvice(settings);
  if (secret !== null) log('warn', 'secret_in_redis', { advice: secret });
  const { address, isReachable } = listenerOfProcess();
  const { fields, text } = startReport({
    address: address ?? 'on Vercel',
    isReachable,
    settings,
    health: await firstHealth(health),
    catalog,
    nearMisses,
    advice: secret === null ? [] : [secret],
  });
  log('info', 'started', fields);
  // On Vercel there is no terminal to print to.
  if (address === null) return;
  const hint = process.stdout.isTTY ? 'Press Ctrl+C to stop the server.\n' : '';
  process.stdout.write(`\n${text}\n${hint}\n`);
}

/**
 * If the reader of our output dies, each write fails. Unhandled, such an error is logged, which is one more
 * failing write: an endless loop that also blocks the signal handlers.
 */
function ignoreOutputErrors(): void {
  const ignore = () => undefined;
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
}

/** A line of the log for each, and a block of text that a person who starts the server cannot miss. */
export function sayWarnings(warnings: readonly ExposureWarning[]): void {
  for (const { warning, advice } of warnings) log('warn', 'exposed', { warning, advice });
  if (warnings.length === 0) return;
  const items = warnings.map(({ advice }) => `  ! ${advice}\n`);
  process.stderr.write(`\nOthers than this machine can reach this server:\n${items.join('')}\n`);
}

async function shutDown(signal: string, graceMs: number): Promise<void> {
  try {
    const { runs, store } = await services();
    log('info', 'shutting_down', { signal, liveTurns: runs.size });
    const hadReaders = runs.size > 0;
    await runs.close({ graceMs, saveMs: SAVE_MS });
    if (hadReaders) await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
    await metrics().days.flush();
    await store.close();
    await stopTracing();
    await flushLog();
    process.exit(0);
  } catch (error) {
    log('error', 'shutdown_failed', { reason: reasonOf(error) });
    await flushLog();
    process.exit(1);
  }
}

async function stopTracing(): Promise<void> {
  const stopped = tracing()
    ?.stop()
    .then(() => true);
  if (stopped && !(await withinMs(stopped, TRACES_MS)))
    log('warn', 'traces_not_sent', { reason: 'the collector did not answer in time' });
}
