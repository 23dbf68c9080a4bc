import { Redis } from 'ioredis';
import { medianOf } from '../support/summary';
import type { Measure } from './measure';

const TURNS = 20;

/** The commands that Redis counted, including those inside Lua, and the scripts among them: one for each round trip. */
async function countsOf(redis: Redis): Promise<{ commands: number; trips: number }> {
  const lines = (await redis.info('commandstats')).matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm);
  let [commands, trips] = [0, 0];
  for (const [, name = '', calls = '0'] of lines) {
    if (name.startsWith('config') || name === 'info') continue;
    commands += Number(calls);
    if (name.startsWith('eval')) trips += Number(calls);
  }
  return { commands, trips };
}

/** What a turn costs the store. These counts are exact, and `lib/server/turns/cost.test.ts` enforces them. */
export const commands: Measure = {
  name: 'commands',
  async round({ load, job, redis: { url } }) {
    const redis = new Redis(url);
    await redis.config('RESETSTAT');
    await load.stream({ ...job('product', 'bench-20x0', TURNS, 0), oneByOne: true });
    const short = await countsOf(redis);
    await redis.config('RESETSTAT');
    const { wallMs } = await load.stream(job('product', 'bench-60x50', 1, 0));
    const long = await countsOf(redis);
    redis.disconnect();
    return {
      trips: short.trips / TURNS,
      commands: short.commands / TURNS,
      perSecond: (long.commands - short.commands / TURNS) / (wallMs / 1000),
    };
  },
  rows(samples) {
    const [trips, turn, perSecond] = ['trips', 'commands', 'perSecond'].map((name) =>
      medianOf(samples, name),
    );
    if (trips === undefined || turn === undefined || perSecond === undefined) return [];
    return [
      {
        measure:
          'blocking store round trips per short turn: the begin before the first token, and the finish',
        result: String(trips),
        goal: '≤ 2 and ≤ 1',
        met: trips <= 3,
        context: '1 script for the begin, 1 for the finish',
      },
      {
        measure: 'Redis commands, including those inside Lua: per short turn; while streaming',
        result: `${turn}; ${perSecond.toFixed(1)} per second`,
        goal: '≤ 18; ≤ 4 per second',
        met: turn <= 18 && perSecond <= 4,
        context: '',
      },
    ];
  },
};
