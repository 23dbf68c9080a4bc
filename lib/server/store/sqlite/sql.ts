import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { CorruptRecord } from '../store-error';

/** Runs statements on one connection, and prepares each only once. */
export class Sql {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  get(text: string, ...values: SQLInputValue[]): Row | undefined {
    const row = this.#prepare(text).get(...values);
    return row && new Row(row);
  }

  all(text: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(text)
      .all(...values)
      .map((row) => new Row(row));
  }

  /** Returns the number of changed rows. */
  run(text: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(text).run(...values).changes);
  }

  #prepare(text: string): StatementSync {
    const prepared = this.#statements.get(text);
    if (prepared) return prepared;
    const statement = this.#db.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

/** A row whose columns are checked as they are read: one of the wrong type throws `CorruptRecord`. */
export class Row {
  readonly #columns: Record<string, SQLOutputValue>;

  constructor(columns: Record<string, SQLOutputValue>) {
    this.#columns = columns;
  }

  text(name: string): string {
    const value = this.#columns[name];
    if (typeof value !== 'string') throw new CorruptRecord(`column ${name} is not text`);
    return value;
  }

  integer(name: string): number {
    const value = this.#columns[name];
    if (typeof value !== 'number') throw new CorruptRecord(`column ${name} is not a number`);
    return value;
  }

  bytes(name: string): Uint8Array {
    const value = this.#columns[name];
    if (!(value instanceof Uint8Array)) throw new CorruptRecord(`column ${name} is not bytes`);
    return value;
  }

  maybeText(name: string): string | null {
    return this.#columns[name] === null ? null : this.text(name);
  }

  maybeInteger(name: string): number | null {
    return this.#columns[name] === null ? null : this.integer(name);
  }
}
