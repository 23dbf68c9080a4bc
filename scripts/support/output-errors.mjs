/**
 * If the reader of our output goes away, each write fails, and an error that nobody handles would end the process. The
 * server lives on without its log.
 */
export function ignoreOutputErrors() {
  const ignore = () => undefined;
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
}
