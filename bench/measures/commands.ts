import { Redis } from 'ioredis';
import { medianOf } from '../support/summary';
import type { Measure } from './measure';

const TURNS = 20;

/** What Redis counted: commands of any kind, those inside Lua too, and the scripts among them, one for each trip. */
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

/** What a turn costs the store. These do not wobble; `lib/server/turns/cost.test.ts` holds them. */
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
          'blocking store round trips per short turn: its begin, before the first token, and its finish',
        figure: String(trips),
        goal: '≤ 2 and ≤ 1',
        reached: trips <= 3,
        context: '1 for the begin, 1 for the finish: one script each',
      },
      {
        measure: 'Redis commands per short turn, those inside Lua counted; while streaming',
        figure: `${turn}; ${perSecond.toFixed(1)} a second`,
        goal: '≤ 18; ≤ 4 a second',
        reached: turn <= 18 && perSecond <= 4,
        context: '',
      },
    ];
  },
};
