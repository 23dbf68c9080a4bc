import { setTimeout as pause } from 'node:timers/promises';
import type { AppServer } from '../support/servers/app-server';
import type { RedisServer } from '../support/servers/redis';
import type { ChaosSite } from './chaos-site';
import type { Random } from './random';

export type FaultKind = 'kill server' | 'end server' | 'kill redis' | 'freeze server';

export interface Fault {
  kind: FaultKind;
  /** Milliseconds since the start. */
  at: number;
}

/** Longer than a lease: when the process goes on, its turns have been settled by the other, which must be left alone. */
const FROZEN_MS = 20_000;
const FREEZE: Fault = { kind: 'freeze server', at: 2_500 };
const AFTER_FREEZE_MS = FREEZE.at + FROZEN_MS + 1_000;

/** Redis goes early and seldom: only where it answers for 15 s on end can dead turns be settled meanwhile. */
const LONG: readonly FaultKind[] = [
  'kill server',
  'kill redis',
  'kill server',
  'end server',
  'kill redis',
  'kill server',
  'kill server',
  'end server',
  'kill server',
  'kill server',
  'kill server',
];
const SHORT: readonly FaultKind[] = ['kill server', 'kill redis', 'kill server', 'kill server'];

/** What is done to the site in so many milliseconds, and when. A long run begins with a freeze. */
export function planFaults(durationMs: number, random: Random): Fault[] {
  const isLong = durationMs >= 2 * AFTER_FREEZE_MS;
  const from = isLong ? AFTER_FREEZE_MS : 0;
  const kinds = isLong ? LONG : SHORT;
  const every = (durationMs - from) / (kinds.length + 0.5);
  const spread = kinds.map((kind, n) => ({
    kind,
    at: Math.round(from + every * (n + 0.4 + random.next() * 0.4)),
  }));
  return isLong ? [FREEZE, ...spread] : spread;
}

/** Does it all, and resolves when everything is up again. One fault does not wait for the one before it to heal. */
export async function sufferFaults(site: ChaosSite, plan: readonly Fault[], random: Random): Promise<void> {
  const startedAt = performance.now();
  // A server is struck again only when it is back.
  const struck = new Map<AppServer, Promise<void>>();
  const strikes = await Promise.allSettled(
    plan.map(async ({ kind, at }) => {
      await pause(Math.max(0, at - (performance.now() - startedAt)));
      if (kind === 'kill redis') return restartRedis(site.redis, random.between(50, 1_200));
      const free = site.servers.filter((server) => !struck.has(server));
      const server = random.pick(free.length ? free : site.servers);
      const healed = (struck.get(server) ?? Promise.resolve()).then(() => STRIKES[kind](server, random));
      struck.set(server, healed);
      await healed;
      if (struck.get(server) === healed) struck.delete(server);
    }),
  );
  // Told when all are over: nothing is started any more.
  for (const strike of strikes) if (strike.status === 'rejected') throw strike.reason;
}

const STRIKES: Record<
  Exclude<FaultKind, 'kill redis'>,
  (server: AppServer, random: Random) => Promise<void>
> = {
  async 'kill server'(server, random) {
    await server.stop('SIGKILL');
    await pause(random.between(0, 1_000));
    await server.start();
  },
  async 'end server'(server) {
    await server.stop('SIGTERM');
    await server.start();
  },
  async 'freeze server'(server) {
    const group = -server.pid;
    const thaw = () => process.kill(group, 'SIGCONT');
    process.kill(group, 'SIGSTOP');
    // Frozen, it would not notice that this process is gone.
    process.once('exit', thaw);
    await pause(FROZEN_MS);
    process.off('exit', thaw);
    thaw();
  },
};

async function restartRedis(redis: RedisServer, awayMs: number): Promise<void> {
  await redis.stop('SIGKILL');
  await pause(awayMs);
  await redis.start();
}
