import type { Session } from '@/lib/chat/session';
import { STORE_WARNINGS, type StoreWarning } from '@/lib/chat/store-warnings';
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
import { NewerStore, storeUnavailable, UnreadableData } from '../store-error';
import { begin } from './begin';
import { change, clear, remove, restore } from './change';
import { deleteOwner, ownerSecrets, readDevices, renameDevice, revokeDevice, seeDevice } from './devices';
import { putImage, readImage } from './images';
import { joinOwner } from './join-owner';
import { addToDay, dayCounts, giveBackRates, takeRates } from './limits';
import { readHistory, readSession, readSessions, readTurn } from './read';
import { type RedisCommands, RedisFailure } from './redis-commands';
import { removeTurn, restoreTurn } from './remove-turn';
import { runScript } from './script';
import { number, text } from './script-result';
import { CHECK } from './scripts/check';
import { SECRET } from './scripts/secret';
import { warningsOf } from './store-warnings';
import { requestStop, write } from './write';

type At = { now: number };

const CHECK_TTL_MS = 60_000;

/** Stores sessions in Redis 6.0 or newer. */
export class RedisStore implements Store {
  readonly driver: 'redis' | 'upstash';
  readonly durable = true;
  readonly #redis: RedisCommands;

  constructor(redis: RedisCommands) {
    this.#redis = redis;
    this.driver = redis.driver;
  }

  begin(request: BeginRequest): Promise<BeginResult> {
    return guard(begin(this.#redis, request));
  }

  write(request: WriteRequest): Promise<WriteResult> {
    return guard(write(this.#redis, request));
  }

  requestStop(ref: TurnRef & At): Promise<StoredTurn | null> {
    return guard(requestStop(this.#redis, ref));
  }

  turn(ref: TurnRef & At): Promise<StoredTurn | null> {
    return guard(readTurn(this.#redis, ref));
  }

  session(ref: SessionRef & At): Promise<Session | null> {
    return guard(readSession(this.#redis, ref));
  }

  history(query: Parameters<Store['history']>[0]): Promise<HistoryPage> {
    return guard(readHistory(this.#redis, query));
  }

  sessions(query: Parameters<Store['sessions']>[0]): Promise<SessionsPage> {
    return guard(readSessions(this.#redis, query));
  }

  change(request: SessionRef & { change: SessionChange } & At): Promise<ChangeResult> {
    return guard(change(this.#redis, request));
  }

  clear(ref: SessionRef & At): Promise<RemoveResult> {
    return guard(clear(this.#redis, ref));
  }

  remove(ref: SessionRef & At): Promise<RemoveResult> {
    return guard(remove(this.#redis, ref));
  }

  restore(ref: SessionRef & At): Promise<ChangeResult> {
    return guard(restore(this.#redis, ref));
  }

  removeTurn(ref: TurnRef & At): Promise<RemoveResult> {
    return guard(removeTurn(this.#redis, ref));
  }

  restoreTurn(ref: TurnRef & At): Promise<StoredTurn | null> {
    return guard(restoreTurn(this.#redis, ref));
  }

  putImage(request: Parameters<Store['putImage']>[0]): ReturnType<Store['putImage']> {
    return guard(putImage(this.#redis, request));
  }

  image(ref: StoredImageRef & At): Promise<StoredImage | null> {
    return guard(readImage(this.#redis, ref));
  }

  seeDevice(request: Parameters<Store['seeDevice']>[0]): Promise<boolean> {
    return guard(seeDevice(this.#redis, request));
  }

  ownerSecrets(owner: string): Promise<string[]> {
    return guard(ownerSecrets(this.#redis, owner));
  }

  devices(query: Parameters<Store['devices']>[0]): Promise<Device[]> {
    return guard(readDevices(this.#redis, query));
  }

  renameDevice(request: Parameters<Store['renameDevice']>[0]): Promise<boolean> {
    return guard(renameDevice(this.#redis, request));
  }

  revokeDevice(request: Parameters<Store['revokeDevice']>[0]): Promise<boolean> {
    return guard(revokeDevice(this.#redis, request));
  }

  deleteOwner(request: Parameters<Store['deleteOwner']>[0]): Promise<void> {
    return guard(deleteOwner(this.#redis, request));
  }

  joinOwner(request: Parameters<Store['joinOwner']>[0]): Promise<JoinResult> {
    return guard(joinOwner(this.#redis, request));
  }

  takeRates(request: RateRequest): Promise<RateAnswer> {
    return guard(takeRates(this.#redis, request));
  }

  giveBackRates(request: RateRequest): Promise<void> {
    return guard(giveBackRates(this.#redis, request));
  }

  addToDay(request: Parameters<Store['addToDay']>[0]): Promise<void> {
    return guard(addToDay(this.#redis, request));
  }

  dayCounts(days: readonly number[]): Promise<Record<string, number>[]> {
    return guard(dayCounts(this.#redis, days));
  }

  /** Redis deletes keys that have expired. */
  async sweep(): Promise<boolean> {
    return false;
  }

  storedBytes(): Promise<number | null> {
    return guard(this.#redis.usedBytes());
  }

  secret(name: string, candidate: string): Promise<string> {
    return guard(runScript(this.#redis, SECRET, [this.#redis.keys.secret(name)], { candidate }).then(text));
  }

  async readSecret(name: string): Promise<string | null> {
    const value = await guard(this.#redis.call('get', this.#redis.keys.secret(name)));
    return value === null ? null : text(value);
  }

  mayHoldOwners(): Promise<boolean> {
    return guard(
      this.#redis.mayHaveKey(this.#redis.keys.ownerPattern, (key) => this.#redis.keys.isOfOwner(key)),
    );
  }

  async setting(name: string): Promise<string | null> {
    const value = await guard(this.#redis.call('get', this.#redis.keys.setting(name)));
    return value === null ? null : text(value);
  }

  async putSetting(name: string, value: string | null): Promise<void> {
    const key = this.#redis.keys.setting(name);
    await guard(value === null ? this.#redis.call('del', key) : this.#redis.call('set', key, value));
  }

  async check(): Promise<void> {
    await guard(
      Promise.all([
        runScript(this.#redis, CHECK, [this.#redis.keys.check], { ttl: CHECK_TTL_MS }),
        refuseNewer(this.#redis),
      ]),
    );
  }

  async warnings(): Promise<StoreWarning[]> {
    const found = new Set((await guard(this.#redis.describePrimaries())).flatMap(warningsOf));
    return STORE_WARNINGS.filter((warning) => found.has(warning));
  }

  close(): Promise<void> {
    return this.#redis.close();
  }
}

/** The newest form of the keys that this release knows. */
const SCHEMA = 1;

/** @throws NewerStore if a newer release has changed the form of the keys. */
async function refuseNewer(redis: RedisCommands): Promise<void> {
  const schema = await redis.call('get', redis.keys.schema);
  if (schema !== null && number(schema) > SCHEMA)
    throw new NewerStore('the store was written by a newer version of Confab');
}

async function guard<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RedisFailure || error instanceof UnreadableData) throw storeUnavailable(error);
    throw error;
  }
}
