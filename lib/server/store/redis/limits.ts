import { decodeId, encodeId } from '../encode-id';
import {
  DAY_COUNTS_DAYS,
  DAY_MS,
  dayOf,
  LIMIT_NAMES,
  type Limits,
  type Rate,
  type RateAnswer,
  type RateRequest,
  type Refusal,
  type TurnUse,
} from '../limits';
import type { Store } from '../store';
import { CorruptRecord } from '../store-error';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { groups, list, number, text } from './script-result';
import { ADD_TO_DAY, DAY_COUNTS, GIVE_BACK_RATES, TAKE_RATES, TAKE_SHARED } from './scripts/limits';

/** How long a Cluster remembers that a turn was taken from the limits of its address. Longer than any retry of a begin. */
const TURN_MEMORY_MS = 10 * 60_000;

export const DAY_TTL_MS = DAY_COUNTS_DAYS * DAY_MS;

const rateText = (rate: Rate | undefined): string | undefined => rate && `${rate.count}/${rate.periodMs}`;

const pairsText = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

const guestText = ({ guest }: Limits): string =>
  pairsText({
    turns: rateText(guest.turns),
    replies: guest.replies,
    images: rateText(guest.images),
    tokens: guest.dailyTokens,
    cost: guest.dailyCost,
    storage: guest.storageBytes,
  });

const sharedText = ({ address, server, pauseSetting }: Limits, isTurn: boolean): string =>
  pairsText({
    address: rateText(address?.turns),
    newGuests: rateText(address?.newGuests),
    serverTokens: server?.dailyTokens,
    serverCost: server?.dailyCost,
    pause: isTurn && pauseSetting !== undefined ? 1 : undefined,
  });

interface Take {
  owner: string;
  limits: Limits | undefined;
  /** Left out: an upload. */
  turn?: { sessionId: string; turnId: string };
  now: number;
}

/** What a script that takes from limits gets: `keys` after its own, and its argument `limits`; '' for none. */
interface ScriptLimits {
  keys: string[];
  text: string;
}

/**
 * Prepares the limits for a script on the guest's keys. On a single server that script takes from all of them. On a Cluster
 * it cannot reach the keys of the address and the server: those are taken here, in one more round trip.
 */
export async function prepareLimits(redis: RedisCommands, take: Take): Promise<ScriptLimits | Refusal> {
  const { owner, limits, now } = take;
  if (!limits) return { keys: [], text: '' };
  // Never empty, because that would mean no limits: what a guest takes is counted even if only others are limited.
  const own = guestText(limits) || 'none=1';
  const shared = sharedText(limits, take.turn !== undefined);
  const keys = [
    redis.keys.address(limits.address?.id ?? ''),
    redis.keys.day(dayOf(now)),
    redis.keys.setting(limits.pauseSetting ?? ''),
  ];
  if (!(await redis.isCluster())) return { keys, text: `${own} ${shared}` };
  if (shared === '') return { keys: [], text: own };
  const reply = await runScript(
    redis,
    TAKE_SHARED,
    [
      ...keys,
      redis.keys.guestMark(owner),
      ...(take.turn ? [redis.keys.turnMark({ owner, ...take.turn })] : []),
    ],
    { limits: shared, isTurn: take.turn ? '1' : '', turnMemory: TURN_MEMORY_MS, now },
  );
  const [kind, ...rest] = list(reply);
  return kind === 'limited' ? refusalOf(rest) : { keys: [], text: own };
}

export const isRefusal = (prepared: ScriptLimits | Refusal): prepared is Refusal => 'limit' in prepared;

/** Reads `{limit, wait}` of a script; `wait` is '' where time alone does not help. */
export function refusalOf([name, wait]: readonly unknown[]): Refusal {
  const limit = LIMIT_NAMES.find((known) => known === name);
  if (!limit) throw new CorruptRecord('an answer names an unknown limit');
  return { limit, retryAfterMs: text(wait) === '' ? null : number(wait) };
}

/** `Store.takeRates`: one round trip, on a Cluster too, where the keys of all rates are on one node. */
export async function takeRates(redis: RedisCommands, request: RateRequest): Promise<RateAnswer> {
  const [isTaken, wait] = list(await runScript(redis, TAKE_RATES, ...scriptRates(redis, request)));
  return { isTaken: text(isTaken) === '1', waitMs: number(wait) };
}

/** `Store.giveBackRates`: one round trip. */
export async function giveBackRates(redis: RedisCommands, request: RateRequest): Promise<void> {
  await runScript(redis, GIVE_BACK_RATES, ...scriptRates(redis, request));
}

const scriptRates = (redis: RedisCommands, { rates, now }: RateRequest) =>
  [
    rates.map(({ name }) => redis.keys.rate(name)),
    { rates: rates.map(({ rate }) => rateText(rate)).join(' '), now },
  ] as const;

/** `Store.addToDay`: one round trip. */
export async function addToDay(
  redis: RedisCommands,
  { add, now }: Parameters<Store['addToDay']>[0],
): Promise<void> {
  const pairs = Object.entries(add).map(([name, value]) => [encodeId(name), value] as const);
  await runScript(redis, ADD_TO_DAY, [redis.keys.day(dayOf(now))], {
    add: pairsText(Object.fromEntries(pairs)),
    ttl: DAY_TTL_MS,
  });
}

/** On a Cluster the server's day is on another node than the turn: one more round trip after its last write. */
export const addTurnUse = (redis: RedisCommands, use: TurnUse, now: number): Promise<void> =>
  addToDay(redis, { add: { ...use }, now });

/** `Store.dayCounts`: one round trip. */
export async function dayCounts(
  redis: RedisCommands,
  days: readonly number[],
): Promise<Record<string, number>[]> {
  if (days.length === 0) return [];
  return list(
    await runScript(
      redis,
      DAY_COUNTS,
      days.map((day) => redis.keys.day(day)),
      {},
    ),
  ).map((counts) =>
    Object.fromEntries(groups(counts, 2).map(([name, value]) => [decodeId(text(name)), Number(text(value))])),
  );
}
