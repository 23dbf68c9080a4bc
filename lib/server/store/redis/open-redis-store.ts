import type { Store } from '../store';
import { inStoreTime } from './in-store-time';
import { RedisKeys } from './keys';
import { type RedisCommands, RedisFailure } from './redis-commands';
import { RedisStore } from './redis-store';
import { list, number } from './script-result';
import { StoreClock } from './store-clock';

/** @param clock this server's, in ms since the epoch. */
export function openRedisStore(
  connect: (keys: RedisKeys) => RedisCommands,
  keyPrefix?: string,
  clock?: () => number,
): Store {
  const commands = connect(new RedisKeys(keyPrefix));
  const storeClock = new StoreClock(() => timeOf(commands, clock), clock);
  // Compares the clocks now, so that the first turn does not have to wait.
  storeClock.aheadMs().catch(() => undefined);
  return inStoreTime(new RedisStore(commands), storeClock);
}

/** The clock of Redis, or of this server if Redis does not report its time to this user. */
async function timeOf(redis: RedisCommands, clock = Date.now): Promise<number> {
  try {
    const [seconds, microseconds] = list(await redis.call('time')).map(number);
    return (seconds ?? 0) * 1_000 + (microseconds ?? 0) / 1_000;
  } catch (error) {
    if (
      error instanceof RedisFailure &&
      /NOPERM|unknown command|not (available|supported)/i.test(error.message)
    )
      return clock();
    throw error;
  }
}
