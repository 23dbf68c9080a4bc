const LOOK_EVERY_MS = 500;

/**
 * Ends this process, by the signal that asks politely, when who started it is gone without a word: a parent of ours
 * closes the channel; npm, told to end, ends its shell and leaves what the shell had started behind.
 */
export function endWithParent() {
  const end = () => process.kill(process.pid, 'SIGTERM');
  if (process.channel) process.once('disconnect', end);
  else if (process.env.npm_lifecycle_event && process.platform !== 'win32') endWithShell(end);
}

/** An orphan gets another parent. */
function endWithShell(end) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, LOOK_EVERY_MS);
  watch.unref();
}
