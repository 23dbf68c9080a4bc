/** `npm run backup [-- FILE]`: copies the SQLite database to a file, while servers use it. */
import { join, resolve } from 'node:path';
import { main } from './support/problem.mjs';
import {
  backupsFolder,
  commandTo,
  copyDatabase,
  databaseOf,
  loadSettings,
  stamp,
} from './support/sqlite-files.mjs';

await main(async () => {
  const [given] = process.argv.slice(2);
  await loadSettings();
  const database = databaseOf(process.env);
  const target = given ? resolve(given) : join(backupsFolder(database), `confab-${stamp()}.sqlite`);
  const { conversations, bytes } = await copyDatabase(database, target);
  console.log(
    `Backed up ${conversations} conversations (${(bytes / 1e6).toFixed(1)} MB) to ${target}\n` +
      'It contains the conversations and the secret of the guest cookies: protect it like the server.\n' +
      `To restore it: ${commandTo('restore')} ${target}`,
  );
});
