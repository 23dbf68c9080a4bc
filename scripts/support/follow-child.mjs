const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Forwards signals to the child, and exits with the child's exit code when it exits. */
export function followChild(child) {
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
