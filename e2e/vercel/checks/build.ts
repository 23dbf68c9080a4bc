import { statSync } from 'node:fs';
import { readSettings } from '@/lib/server/env';
import { must } from '../../support/run-checks';
import type { VercelCheck } from '../vercel-check';

const MB = 1024 * 1024;
/** The limit for an unpacked function; see vercel.com/docs/functions/limitations. */
const FUNCTION_BYTES = 250 * MB;

/**
 * Our files that no function may contain: tests with their tools, and the settings of the person who built
 * it.
 */
const NEEDLESS =
  /^(?!node_modules\/).*((^|\/)\.env|\.(test|spec)\.[a-z]+$|^(e2e|bench|docs|\.git|\.next\/cache)\/|\/testing\/)/;

export const build: VercelCheck[] = [
  {
    name: 'build-offline',
    promise: '`vercel build` makes a deployment without a network, an account or a setting',
    run: async ({ build: { output, seconds, isOffline } }) => {
      const names = output.functions().map(({ name }) => name);
      for (const needed of ['_middleware', 'api/chat/stream'])
        must(names.includes(needed), `${needed} is not among ${names.join(', ')}`);
      const network = isOffline ? 'no network in reach' : 'this machine cannot take the network away';
      return seconds > 0 ? `${seconds} s, ${network}; ${names.join(', ')}` : 'an earlier run’s build';
    },
  },
  {
    name: 'build-files',
    promise: 'no function contains a test or an `.env` file, and each is far below the limit of 250 MB',
    run: async ({ build: { output } }) => {
      const lines = output.functions().map((found) => {
        const files = output.filesOf(found);
        const needless = [...files.keys()].filter((path) => NEEDLESS.test(path));
        must(
          needless.length === 0,
          `${found.name} contains ${needless.length} of them: ${needless.slice(0, 5).join(', ')}`,
        );
        const bytes = [...files.values()].reduce((sum, path) => sum + statSync(path).size, 0);
        must(bytes < FUNCTION_BYTES / 2, `${found.name} has ${(bytes / MB).toFixed(1)} MB`);
        return `${found.name}: ${(bytes / MB).toFixed(1)} MB in ${files.size} files`;
      });
      return lines.join('\n');
    },
  },
  {
    name: 'build-time-limits',
    promise: 'the function that streams replies may run for 300 s, and ends a reply at least 5 s before that',
    run: async ({ build: { output } }) => {
      const { maxDuration, runtime } = output.functionAt('api/chat/stream')?.config ?? {};
      const { maxReplyMs } = readSettings({ VERCEL: '1' });
      const seen = `maxDuration ${maxDuration} s, ${runtime}; replies end after ${(maxReplyMs ?? 0) / 1_000} s`;
      must(maxDuration === 300 && maxReplyMs !== null && maxReplyMs <= 295_000, seen);
      return seen;
    },
  },
];
