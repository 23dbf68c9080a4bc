import { readSettings, SettingsError } from '@/lib/server/env';

/*
 * Ends with 1 and says why if the server would not start with this environment. `npm run dev` runs it first, because
 * Next's development server says that it is ready before it reads a setting.
 */
try {
  readSettings(process.env);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
