/**
 * If the reader of our output exits, each write fails, and an unhandled error would end the process. The
 * server keeps running without its log.
 */
export function ignoreOutputErrors() {
  const ignore = () => undefined;
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
}
