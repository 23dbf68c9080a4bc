import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

const MB = 1024 ** 2;
/** The megabytes that a build needs. */
const BUILD_MB = 2_000;

/** The megabytes available to this process: those of the machine with its swap, or of the container. */
export function memoryOf() {
  const limit = process.constrainedMemory?.() ?? 0;
  const machine = totalmem();
  if (limit > 0 && limit < machine) return limit / MB;
  return (machine + swapBytes()) / MB;
}

function swapBytes() {
  try {
    const [, kilobytes = '0'] = /^SwapTotal:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

/** Null if there is enough for a build. A machine of 2 GB reports a little less. */
export function memoryAdvice(megabytes) {
  if (megabytes >= BUILD_MB * 0.9) return null;
  return `The build needs about ${BUILD_MB / 1000} GB of memory, and there are ${(megabytes / 1000).toFixed(1)} GB here. If it is killed, add swap, or build on another machine and copy the folder (\`npm run build:standalone\`).`;
}
