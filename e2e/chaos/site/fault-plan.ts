import { setTimeout as pause } from 'node:timers/promises';
import type { AppServer } from '../../support/servers/app-server';
import type { RedisServer } from '../../support/servers/redis';
import type { Random } from '../random';
import type { ChaosSite } from './chaos-site';

export type FaultKind = 'kill server' | 'stop server' | 'kill redis' | 'freeze server';

export interface Fault {
  kind: FaultKind;
  /** In ms since the start. */
  at: number;
}

/** Longer than a lease: when the process resumes, the other server has settled its turns and they must not change. */
const FROZEN_MS = 20_000;
const FREEZE: Fault = { kind: 'freeze server', at: 2_500 };
const AFTER_FREEZE_MS = FREEZE.at + FROZEN_MS + 1_000;

/** Redis fails early and rarely, because dead turns are settled only after it has answered for 15 s without a gap. */
const LONG_RUN: readonly FaultKind[] = [
  'kill server',
  'kill redis',
  'kill server',
  'stop server',
  'kill redis',
  'kill server',
  'kill server',
  'stop server',
  'kill server',
  'kill server',
  'kill server',
];
const SHORT_RUN: readonly FaultKind[] = ['kill server', 'kill redis', 'kill server', 'kill server'];

/** Plans the faults of a run of this length. A long run begins with a freeze. */
export function planFaults(durationMs: number, random: Random): Fault[] {
  const isLong = durationMs >= 2 * AFTER_FREEZE_MS;
  const from = isLong ? AFTER_FREEZE_MS : 0;
  const kinds = isLong ? LONG_RUN : SHORT_RUN;
  // Each fault falls at random between 0.4 and 0.8 of its own interval, so that two are never close together. Half an
  // interval more is left at the end for the last recovery.
  const intervalMs = (durationMs - from) / (kinds.length + 0.5);
  const scheduled = kinds.map((kind, n) => ({
    kind,
    at: Math.round(from + intervalMs * (n + 0.4 + random.next() * 0.4)),
  }));
  return isLong ? [FREEZE, ...scheduled] : scheduled;
}

/**
 * Injects the faults and resolves when everything is running again. Faults of different servers overlap; one server
 * recovers first.
 */
export async function injectFaults(site: ChaosSite, plan: readonly Fault[], random: Random): Promise<void> {
  const startedAt = performance.now();
  const recovering = new Map<AppServer, Promise<void>>();
  const faults = await Promise.allSettled(
    plan.map(async ({ kind, at }) => {
      await pause(Math.max(0, at - (performance.now() - startedAt)));
      if (kind === 'kill redis') return restartRedis(random.pick(site.redis), random.between(50, 1_200));
      const free = site.servers.filter((server) => !recovering.has(server));
      const server = random.pick(free.length ? free : site.servers);
      const recovered = (recovering.get(server) ?? Promise.resolve()).then(() =>
        INJECT[kind](server, random),
      );
      recovering.set(server, recovered);
      await recovered;
      if (recovering.get(server) === recovered) recovering.delete(server);
    }),
  );
  // Thrown only once every fault is over, so that no server starts afterwards.
  for (const fault of faults) if (fault.status === 'rejected') throw fault.reason;
}

const INJECT: Record<
  Exclude<FaultKind, 'kill redis'>,
  (server: AppServer, random: Random) => Promise<void>
> = {
  async 'kill server'(server, random) {
    await server.stop('SIGKILL');
    await pause(random.between(0, 1_000));
    await server.start();
  },
  async 'stop server'(server) {
    await server.stop('SIGTERM');
    await server.start();
  },
  async 'freeze server'(server) {
    const group = -server.pid;
    const resume = () => process.kill(group, 'SIGCONT');
    process.kill(group, 'SIGSTOP');
    // A frozen server would not notice that this process has exited.
    process.once('exit', resume);
    await pause(FROZEN_MS);
    process.off('exit', resume);
    resume();
  },
};

async function restartRedis(redis: RedisServer, downMs: number): Promise<void> {
  await redis.stop('SIGKILL');
  await pause(downMs);
  await redis.start();
}
