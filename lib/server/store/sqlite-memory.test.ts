import { DatabaseSync } from 'node:sqlite';
import { storeContract } from './contract/contract';
import { dumpSqlite } from './contract/dump-sqlite';
import { firstReleaseSql } from './contract/first-release/first-release-data';
import { SqliteStore } from './sqlite/sqlite-store';

storeContract(
  'SQLite in memory',
  async () => {
    const opened: DatabaseSync[] = [];
    const store = new SqliteStore((path, options) => {
      const db = new DatabaseSync(path, options);
      opened.push(db);
      return db;
    }, ':memory:');
    return {
      store,
      warnings: ['not_persisted'],
      openFirstRelease: async (newer) => {
        const old = new SqliteStore((path, options) => {
          const db = new DatabaseSync(path, options);
          db.exec(firstReleaseSql(newer));
          return db;
        }, ':memory:');
        return { store: old, close: () => old.close() };
      },
      dump: async () => opened.flatMap(dumpSqlite),
      close: () => store.close(),
    };
  },
  { runs: 1500 },
);
