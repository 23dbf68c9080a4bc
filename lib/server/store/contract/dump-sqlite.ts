import type { DatabaseSync } from 'node:sqlite';

/** Every row of every table, with the table's name, as a line of text. */
export function dumpSqlite(db: DatabaseSync): string[] {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return tables.flatMap(({ name }) =>
    db
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .map((row) => `${name} ${Object.values(row).map(textOf).join(' ')}`),
  );
}

const textOf = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
