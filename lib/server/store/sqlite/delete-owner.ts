import { encodeId } from '../encode-id';
import { dayOf } from '../limits';
import type { Store } from '../store';
import type { Sql } from './sql';

/** `Store.deleteOwner`, inside one transaction. */
export function deleteOwner(
  sql: Sql,
  { owner, keepsUse = false, now }: Parameters<Store['deleteOwner']>[0],
): void {
  const key = encodeId(owner);
  let rows = 0;
  for (const table of tablesWithOwner(sql)) {
    const isKept = keepsUse && table === 'day_counts' ? `AND day <> ${dayOf(now)}` : '';
    rows += sql.run(`DELETE FROM ${table} WHERE owner = ? ${isKept}`, key);
  }
  if (rows > 0) sql.run('INSERT INTO deletions (owner, deleted_at) VALUES (?, ?)', key, now);
}

/** Asked of the database, so that a table which is added later cannot be forgotten. Turns go with their sessions. */
const tablesWithOwner = (sql: Sql): string[] =>
  sql
    .all(
      `SELECT tables.name FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND columns.name = 'owner'`,
    )
    .map((row) => row.text('name'));
