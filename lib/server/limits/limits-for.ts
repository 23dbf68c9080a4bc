import {
  type AddressLimits,
  type GuestLimits,
  HOUR_MS,
  type Limits,
  MINUTE_MS,
  type Rate,
  type ServerLimits,
} from '@/lib/server/store/limits';
import { hashedId } from './hashed-id';
import type { LimitSettings } from './limit-settings';

interface LimitContext {
  /** The client's (see `addressOf`); null if it is unknown. */
  address: string | null;
  /** Every guest's storage then counts as used up. */
  isStoreFull: boolean;
  /** For a turn: the setting of the stop switch, if there is one. */
  pauseSetting?: string | undefined;
}

/** The limits that the store applies to a turn or an upload; undefined if there are none. */
export function limitsFor(
  settings: LimitSettings,
  { address, isStoreFull, pauseSetting }: LimitContext,
): Limits | undefined {
  const guest: GuestLimits = {
    turns: rate(settings.turnsPerMinute, MINUTE_MS),
    replies: settings.concurrentReplies ?? undefined,
    images: rate(settings.imagesPerHour, HOUR_MS),
    dailyTokens: settings.dailyTokens ?? undefined,
    dailyCost: settings.dailyCost ?? undefined,
    storageBytes: isStoreFull ? 0 : (settings.guestStorageBytes ?? undefined),
  };
  const fromAddress: Omit<AddressLimits, 'id'> = {
    turns: rate(settings.turnsPerMinutePerAddress, MINUTE_MS),
    newGuests: rate(settings.guestsPerHour, HOUR_MS),
  };
  const server: ServerLimits = {
    dailyTokens: settings.serverDailyTokens ?? undefined,
    dailyCost: settings.serverDailyCost ?? undefined,
  };
  const hasAddress = address !== null && isSome(fromAddress);
  if (!isSome(guest) && !hasAddress && !isSome(server) && pauseSetting === undefined) return undefined;
  return {
    guest,
    ...(hasAddress && { address: { id: hashedId(address), ...fromAddress } }),
    ...(isSome(server) && { server }),
    ...(pauseSetting !== undefined && { pauseSetting }),
  };
}

/** Whether the tokens and the cost of a turn have to be counted. */
export const countsUse = (settings: LimitSettings): boolean =>
  [settings.dailyTokens, settings.dailyCost, settings.serverDailyTokens, settings.serverDailyCost].some(
    (limit) => limit !== null,
  );

const rate = (count: number | null, periodMs: number): Rate | undefined =>
  count === null ? undefined : { count, periodMs };

const isSome = (values: object): boolean => Object.values(values).some((value) => value !== undefined);
