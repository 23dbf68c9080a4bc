import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

/** Loads `.env.local` and Next's other environment files. Variables that are already set win. */
export function loadEnvironmentFiles({ dev = false } = {}) {
  createRequire(join(ROOT, 'package.json'))('@next/env').loadEnvConfig(ROOT, dev);
}
