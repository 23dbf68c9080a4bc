const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** What asks this process to end asks the child instead; this process ends as the child did. */
export function liveAndDieWith(child) {
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
