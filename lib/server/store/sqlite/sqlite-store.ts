import type { DatabaseSync } from 'node:sqlite';
import type { Session } from '@/lib/chat/session';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import type { RateAnswer, RateRequest } from '../limits';
import type {
  BeginRequest,
  BeginResult,
  ChangeResult,
  Device,
  HistoryPage,
  JoinResult,
  RemoveResult,
  SessionChange,
  SessionRef,
  SessionsPage,
  Store,
  StoredImage,
  StoredImageRef,
  StoredTurn,
  TurnRef,
  WriteRequest,
  WriteResult,
} from '../store';
import { begin } from './begin';
import { change } from './change';
import { SqliteConnection } from './connection';
import { deleteOwner } from './delete-owner';
import { deviceState, noteDevice, readDevices, renameDevice, revokeDevice } from './devices';
import { putImage, readImage } from './images';
import { joinOwner } from './join-owner';
import { addToDay, dayCounts, giveBackRates, settingName, takeRates } from './limits';
import { readHistory, readSession, readSessions, readTurn } from './read';
import { removeTurn, restoreTurn } from './remove-turn';
import { retryWhileLocked } from './retry-while-locked';
import { liveSession } from './sessions';
import type { Sql } from './sql';
import { isSweepDue, sweep } from './sweep';
import { blankDue, hasDueBlanks } from './turns';
import { clear, remove, restore } from './undo-snapshots';
import { requestStop, write } from './write';

type At = { now: number };

/** Stores sessions in a SQLite file or in memory. `open` opens the database, so that this file need not import the driver. */
export class SqliteStore implements Store {
  readonly driver = 'sqlite';
  readonly durable: boolean;
  readonly #connection: SqliteConnection;

  constructor(open: (path: string, options: { timeout: number }) => DatabaseSync, path: string) {
    this.#connection = new SqliteConnection(open, path);
    this.durable = !this.#connection.inMemory;
  }

  async begin(request: BeginRequest): Promise<BeginResult> {
    return this.#write((sql) => begin(sql, request));
  }

  async write(request: WriteRequest): Promise<WriteResult> {
    return this.#write((sql) => write(sql, request));
  }

  async requestStop(ref: TurnRef & At): Promise<StoredTurn | null> {
    return this.#write((sql) => requestStop(sql, ref));
  }

  async turn(ref: TurnRef & At): Promise<StoredTurn | null> {
    return this.#access(ref, (sql) => readTurn(sql, ref));
  }

  async session(ref: SessionRef & At): Promise<Session | null> {
    return this.#access(ref, (sql) => readSession(sql, ref));
  }

  async history(query: Parameters<Store['history']>[0]): Promise<HistoryPage> {
    return this.#access(query, (sql) => readHistory(sql, query));
  }

  async sessions(query: Parameters<Store['sessions']>[0]): Promise<SessionsPage> {
    return this.#transaction('read', (sql) => readSessions(sql, query));
  }

  async change(request: SessionRef & { change: SessionChange } & At): Promise<ChangeResult> {
    return this.#access(request, (sql) => change(sql, request), 'write');
  }

  async clear(ref: SessionRef & At): Promise<RemoveResult> {
    return this.#write((sql) => clear(sql, ref));
  }

  async remove(ref: SessionRef & At): Promise<RemoveResult> {
    return this.#write((sql) => remove(sql, ref));
  }

  async restore(ref: SessionRef & At): Promise<ChangeResult> {
    return this.#write((sql) => restore(sql, ref));
  }

  async removeTurn(ref: TurnRef & At): Promise<RemoveResult> {
    return this.#access(ref, (sql) => removeTurn(sql, ref), 'write');
  }

  async restoreTurn(ref: TurnRef & At): Promise<StoredTurn | null> {
    return this.#access(ref, (sql) => restoreTurn(sql, ref), 'write');
  }

  async putImage(request: Parameters<Store['putImage']>[0]): ReturnType<Store['putImage']> {
    return this.#write((sql) => putImage(sql, request));
  }

  async image(ref: StoredImageRef & At): Promise<StoredImage | null> {
    return this.#transaction('read', (sql) => readImage(sql, ref));
  }

  async seeDevice(request: Parameters<Store['seeDevice']>[0]): Promise<boolean> {
    const state = await this.#transaction('read', (sql) => deviceState(sql, request));
    // A database that takes no writes still answers who may read; the next visit notes the device.
    if (state === 'unnoted') await this.#write((sql) => noteDevice(sql, request)).catch(() => undefined);
    return state !== 'revoked';
  }

  /** A row can only be lost together with the file. */
  async ownerSecrets(): Promise<string[]> {
    return [];
  }

  async devices(query: Parameters<Store['devices']>[0]): Promise<Device[]> {
    return this.#transaction('read', (sql) => readDevices(sql, query));
  }

  async renameDevice(request: Parameters<Store['renameDevice']>[0]): Promise<boolean> {
    return this.#write((sql) => renameDevice(sql, request));
  }

  async revokeDevice(request: Parameters<Store['revokeDevice']>[0]): Promise<boolean> {
    return this.#write((sql) => revokeDevice(sql, request));
  }

  async deleteOwner(request: Parameters<Store['deleteOwner']>[0]): Promise<void> {
    await this.#write((sql) => deleteOwner(sql, request));
    await retryWhileLocked(() => this.#connection.truncateLog());
  }

  async joinOwner(request: Parameters<Store['joinOwner']>[0]): Promise<JoinResult> {
    return this.#write((sql) => joinOwner(sql, request));
  }

  async takeRates(request: RateRequest): Promise<RateAnswer> {
    return this.#write((sql) => takeRates(sql, request));
  }

  async giveBackRates(request: RateRequest): Promise<void> {
    await this.#write((sql) => giveBackRates(sql, request));
  }

  async addToDay({ add, now }: Parameters<Store['addToDay']>[0]): Promise<void> {
    await this.#write((sql) => addToDay(sql, add, now));
  }

  async dayCounts(days: readonly number[]): Promise<Record<string, number>[]> {
    return this.#transaction('read', (sql) => dayCounts(sql, days));
  }

  /** Writes only if there is something to delete, so that an idle server does not wake its disk. */
  async sweep({ now }: At): Promise<boolean> {
    const isDue = () => this.#transaction('read', (sql) => isSweepDue(sql, now));
    if (!(await isDue())) return false;
    await this.#write((sql) => sweep(sql, now));
    return isDue();
  }

  /** Free pages do not count: SQLite fills them before the file grows. */
  async storedBytes(): Promise<number> {
    return this.#transaction('read', (sql) => {
      const pragma = (name: string) => sql.get(`PRAGMA ${name}`)?.integer(name) ?? 0;
      return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
    });
  }

  async secret(name: string, candidate: string): Promise<string> {
    return this.#write((sql) => {
      sql.run('INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING', name, candidate);
      return sql.get('SELECT value FROM secrets WHERE name = ?', name)?.text('value') ?? candidate;
    });
  }

  readSecret(name: string): Promise<string | null> {
    return this.#transaction(
      'read',
      (sql) => sql.get('SELECT value FROM secrets WHERE name = ?', name)?.text('value') ?? null,
    );
  }

  mayHoldOwners(): Promise<boolean> {
    return this.#transaction('read', (sql) => sql.get('SELECT 1 FROM trees LIMIT 1') !== undefined);
  }

  setting(name: string): Promise<string | null> {
    return this.readSecret(settingName(name));
  }

  async putSetting(name: string, value: string | null): Promise<void> {
    await this.#write((sql) => {
      if (value === null) sql.run('DELETE FROM secrets WHERE name = ?', settingName(name));
      else
        sql.run(
          'INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
          settingName(name),
          value,
        );
    });
  }

  /**
   * Writes, because reads still work on a full disk or a read-only file. Also reads what other calls read.
   */
  async check(): Promise<void> {
    await this.#write((sql) => {
      sql.run('INSERT INTO checks VALUES (1, 1) ON CONFLICT DO UPDATE SET count = count + 1');
      sql.get('SELECT * FROM trees ORDER BY pk DESC LIMIT 1');
      sql.get('SELECT * FROM turns ORDER BY seq DESC LIMIT 1');
    });
    this.#connection.refuseDamage();
  }

  async warnings(): Promise<StoreWarning[]> {
    return this.durable ? [] : ['not_persisted'];
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  #transaction<T>(mode: 'read' | 'write', work: (sql: Sql) => T): Promise<T> {
    return retryWhileLocked(() => this.#connection.transaction(mode, work));
  }

  #write<T>(work: (sql: Sql) => T): Promise<T> {
    return this.#transaction('write', work);
  }

  /** Runs `work` after blanking deleted turns of the session whose undo has run out, so that it never sees their text. */
  async #access<T>(ref: SessionRef & At, work: (sql: Sql) => T, mode: 'read' | 'write' = 'read'): Promise<T> {
    const isDue = await this.#transaction('read', (sql) => {
      const session = liveSession(sql, ref, ref.now);
      return session !== undefined && hasDueBlanks(sql, session, ref.now);
    });
    if (isDue)
      await this.#write((sql) => {
        const session = liveSession(sql, ref, ref.now);
        if (session) blankDue(sql, session, ref.now);
      });
    return this.#transaction(mode, work);
  }
}
