import { encodeId } from '../encode-id';
import {
  DAY_COUNTS_DAYS,
  dayOf,
  GUEST_MEMORY_MS,
  giveBackAll,
  type Limits,
  type Rate,
  type RateAnswer,
  type RateRequest,
  type RateTable,
  type Refusal,
  type TurnUse,
  takeAll,
  takeFrom,
  untilNextDay,
} from '../limits';
import type { Sql } from './sql';

/** The owner of what is not one guest's: the rates of addresses, and the server's counters. */
const SERVER = '';

interface Take {
  owner: string;
  limits: Limits;
  /** What a turn or an upload adds to the guest's storage. */
  bytes: number;
  now: number;
}

/** Takes a turn from all limits that apply to it, or from none of them. */
export function takeTurn(sql: Sql, take: Take): Refusal | null {
  const { guest, address } = take.limits;
  const owner = encodeId(take.owner);
  return (
    pauseRefusal(sql, take) ??
    storageRefusal(sql, take) ??
    dayRefusal(sql, take) ??
    repliesRefusal(sql, owner, guest.replies, take.now) ??
    takeGuestRates(sql, take, [
      { limit: 'turns', owner, name: 'turns', rate: guest.turns },
      { limit: 'address', owner: SERVER, name: `address:${address?.id}`, rate: address?.turns },
    ])
  );
}

/** Takes an upload from all limits that apply to it, or from none of them. */
export function takeUpload(sql: Sql, take: Take): Refusal | null {
  const owner = encodeId(take.owner);
  return (
    storageRefusal(sql, take) ??
    takeGuestRates(sql, take, [{ limit: 'images', owner, name: 'images', rate: take.limits.guest.images }])
  );
}

/** `Store.takeRates`, inside one transaction. */
export function takeRates(sql: Sql, request: RateRequest): RateAnswer {
  const answer = takeAll(rateTable(sql), request);
  sweepRates(sql, request.now);
  return answer;
}

/** `Store.giveBackRates`, inside one transaction. */
export const giveBackRates = (sql: Sql, request: RateRequest): void => giveBackAll(rateTable(sql), request);

function rateTable(sql: Sql): RateTable {
  const stored = (name: string) => `rate:${encodeId(name)}`;
  return {
    get: (name) => nextAtOf(sql, SERVER, stored(name)),
    set: (name, nextAt) => storeRate(sql, SERVER, stored(name), nextAt),
    delete: (name) => sql.run('DELETE FROM rates WHERE owner = ? AND name = ?', SERVER, stored(name)),
  };
}

/** Adds what a finished turn used to the day of its guest and of the server. */
export function addUse(sql: Sql, owner: string, use: TurnUse, now: number): void {
  for (const one of [encodeId(owner), SERVER]) addCounts(sql, one, { ...use }, now);
  sql.run("DELETE FROM day_counts WHERE day < ? AND owner <> ''", dayOf(now) - 1);
  sql.run('DELETE FROM day_counts WHERE day < ?', dayOf(now) - DAY_COUNTS_DAYS);
}

/** `Store.addToDay`. */
export const addToDay = (sql: Sql, add: Readonly<Record<string, number>>, now: number): void =>
  addCounts(sql, SERVER, add, now);

/** `Store.dayCounts`. */
export const dayCounts = (sql: Sql, days: readonly number[]): Record<string, number>[] =>
  days.map((day) => countsOf(sql, SERVER, day));

/** A setting as `Store.setting` reads it: in the table of secrets, whose names have no colon. */
export const settingName = (name: string): string => `setting:${name}`;

function pauseRefusal(sql: Sql, { limits: { pauseSetting } }: Take): Refusal | null {
  if (pauseSetting === undefined) return null;
  const row = sql.get('SELECT 1 FROM secrets WHERE name = ?', settingName(pauseSetting));
  return row ? { limit: 'paused', retryAfterMs: null } : null;
}

function storageRefusal(sql: Sql, { owner, limits, bytes }: Take): Refusal | null {
  const most = limits.guest.storageBytes;
  if (most === undefined) return null;
  const row = sql.get('SELECT bytes FROM guests WHERE owner = ?', encodeId(owner));
  return (row?.integer('bytes') ?? 0) + bytes > most ? { limit: 'storage', retryAfterMs: null } : null;
}

function dayRefusal(sql: Sql, { owner, limits: { guest, server = {} }, now }: Take): Refusal | null {
  const until = untilNextDay(now);
  const own =
    guest.dailyTokens === undefined && guest.dailyCost === undefined
      ? {}
      : countsOf(sql, encodeId(owner), dayOf(now));
  const all =
    server.dailyTokens === undefined && server.dailyCost === undefined
      ? {}
      : countsOf(sql, SERVER, dayOf(now));
  const isUsed = (used = 0, most = Number.POSITIVE_INFINITY) => used >= most;
  if (isUsed(own.tokens, guest.dailyTokens)) return { limit: 'tokens', retryAfterMs: until };
  if (isUsed(own.cost, guest.dailyCost)) return { limit: 'cost', retryAfterMs: until };
  if (isUsed(all.tokens, server.dailyTokens)) return { limit: 'server_tokens', retryAfterMs: until };
  if (isUsed(all.cost, server.dailyCost)) return { limit: 'server_cost', retryAfterMs: until };
  return null;
}

/** A reply whose lease has run out does not count: its producer is dead. */
function repliesRefusal(sql: Sql, owner: string, most: number | undefined, now: number): Refusal | null {
  if (most === undefined) return null;
  const row = sql.get(
    'SELECT COUNT(*) AS live FROM trees WHERE owner = ? AND active IS NOT NULL AND lease_ends_at > ?',
    owner,
    now,
  );
  return (row?.integer('live') ?? 0) >= most ? { limit: 'replies', retryAfterMs: null } : null;
}

/** Checks every rate before it stores any. A guest's first take also takes from the address's new guests. */
function takeGuestRates(
  sql: Sql,
  { owner, limits: { address }, now }: Take,
  rates: { limit: Refusal['limit']; owner: string; name: string; rate: Rate | undefined }[],
): Refusal | null {
  const all = [...rates];
  if (isNewGuest(sql, owner, now))
    all.push({ limit: 'new_guests', owner: SERVER, name: `guests:${address?.id}`, rate: address?.newGuests });
  const next: { owner: string; name: string; nextAt: number }[] = [];
  for (const { limit, owner: of, name, rate } of all) {
    if (!rate) continue;
    const taken = takeFrom(rate, nextAtOf(sql, of, name), now);
    if ('retryAfterMs' in taken) return { limit, retryAfterMs: taken.retryAfterMs };
    next.push({ owner: of, name, nextAt: taken.nextAt });
  }
  for (const { owner: of, name, nextAt } of next) storeRate(sql, of, name, nextAt);
  sql.run(
    `INSERT INTO guests (owner, bytes, last_take_at) VALUES (?, 0, ?)
     ON CONFLICT (owner) DO UPDATE SET last_take_at = excluded.last_take_at`,
    encodeId(owner),
    now,
  );
  sweepRates(sql, now);
  return null;
}

function isNewGuest(sql: Sql, owner: string, now: number): boolean {
  const row = sql.get('SELECT last_take_at FROM guests WHERE owner = ?', encodeId(owner));
  const at = row?.maybeInteger('last_take_at') ?? null;
  return at === null || at + GUEST_MEMORY_MS <= now;
}

const nextAtOf = (sql: Sql, owner: string, name: string): number =>
  sql.get('SELECT next_at FROM rates WHERE owner = ? AND name = ?', owner, name)?.integer('next_at') ?? 0;

function storeRate(sql: Sql, owner: string, name: string, nextAt: number): void {
  sql.run(
    `INSERT INTO rates (owner, name, next_at) VALUES (?, ?, ?)
     ON CONFLICT (owner, name) DO UPDATE SET next_at = excluded.next_at`,
    owner,
    name,
    nextAt,
  );
}

/** A rate at rest is the same as none. A few per call, so that no call pays for a long absence. */
function sweepRates(sql: Sql, now: number): void {
  // A minute late, because the clocks of processes differ.
  const atRest = (now - 60_000) * 1_000;
  sql.run(
    `DELETE FROM rates WHERE (owner, name) IN
       (SELECT owner, name FROM rates WHERE next_at <= ? ORDER BY next_at LIMIT 5)`,
    atRest,
  );
  sql.run(
    `DELETE FROM guests WHERE owner IN
       (SELECT owner FROM guests WHERE bytes = 0 AND last_take_at <= ? LIMIT 2)`,
    now - GUEST_MEMORY_MS,
  );
}

function countsOf(sql: Sql, owner: string, day: number): Record<string, number> {
  const rows = sql.all('SELECT name, value FROM day_counts WHERE day = ? AND owner = ?', day, owner);
  return Object.fromEntries(rows.map((row) => [row.text('name'), row.integer('value')]));
}

function addCounts(sql: Sql, owner: string, add: Readonly<Record<string, number>>, now: number): void {
  for (const [name, value] of Object.entries(add)) {
    if (value === 0) continue;
    sql.run(
      `INSERT INTO day_counts (day, owner, name, value) VALUES (?, ?, ?, ?)
       ON CONFLICT (day, owner, name) DO UPDATE SET value = value + excluded.value`,
      dayOf(now),
      owner,
      name,
      value,
    );
  }
}
