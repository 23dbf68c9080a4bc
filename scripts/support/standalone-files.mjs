/**
 * The files that the standalone server needs besides those of Next, each with its source. `server.js`
 * replaces the one that Next generates.
 */
export const FILES = {
  'server.js': 'scripts/standalone-server.mjs',
  'front-server.mjs': 'scripts/front-server.mjs',
  'healthcheck.mjs': 'scripts/healthcheck.mjs',
  'backup.mjs': 'scripts/backup.mjs',
  'restore.mjs': 'scripts/restore.mjs',
  'security-headers.json': 'lib/server/http/security-headers.json',
  'support/output-errors.mjs': 'scripts/support/output-errors.mjs',
  'support/problem.mjs': 'scripts/support/problem.mjs',
  'support/serve.mjs': 'scripts/support/serve.mjs',
  'support/server-settings.mjs': 'scripts/support/server-settings.mjs',
  'support/sqlite-files.mjs': 'scripts/support/sqlite-files.mjs',
  LICENSE: 'LICENSE',
  '.next/static': '.next/static',
  public: 'public',
};
