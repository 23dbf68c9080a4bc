/** `npm run restore -- FILE`: replaces the SQLite database by a backup, which a running server then uses. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { main, Problem } from './support/problem.mjs';
import { backupsOf, commandTo, databaseOf, loadSettings, restoreDatabase } from './support/sqlite-files.mjs';

await main(async () => {
  const [given] = process.argv.slice(2);
  await loadSettings();
  const database = databaseOf(process.env);
  if (!given) throw new Problem(usage(backupsOf(database)));
  const wasThere = existsSync(database);
  const { conversations, aside } = restoreDatabase(resolve(given), database, await newestVersion());
  console.log(
    `Restored ${conversations} conversations to ${database}${
      wasThere
        ? `\nWhat was there before is kept in ${aside}\nA server that is running uses the backup within seconds.`
        : ''
    }`,
  );
});

/**
 * The newest schema version that the server supports; null in a standalone folder, where the server itself
 * reports newer data.
 */
async function newestVersion() {
  try {
    return (await import('../lib/server/store/sqlite/schema.ts')).MIGRATIONS.length;
  } catch {
    return null;
  }
}

function usage(backups) {
  const newest = backups.slice(0, 5).map((path) => `\n  ${path}`);
  const where =
    newest.length > 0 ? `The newest are:${newest.join('')}` : `To make one: ${commandTo('backup')} FILE`;
  return `Which backup? ${commandTo('restore')} FILE\n${where}`;
}
