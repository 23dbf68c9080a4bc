const CHECK_EVERY_MS = 500;

/**
 * Sends SIGTERM to this process when its parent dies. One of our own scripts is noticed by its IPC channel closing.
 * Under npm the parent is a shell, which npm ends without ending what the shell had started.
 */
export function endWithParent() {
  const end = () => process.kill(process.pid, 'SIGTERM');
  if (process.channel) process.once('disconnect', end);
  else if (process.env.npm_lifecycle_event && process.platform !== 'win32') endWithShell(end);
}

/** When the parent dies, the process gets a new parent id. */
function endWithShell(end) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, CHECK_EVERY_MS);
  watch.unref();
}
