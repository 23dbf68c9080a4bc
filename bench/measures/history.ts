import { newGuest } from '@/lib/server/identity/guest-cookie';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openStore } from '@/lib/server/store/open-store';
import { cookieOf } from '../support/bench';
import { median } from '../support/stats';
import { medianOf, milliseconds, ratioOf, rowWithLimit } from '../support/summary';
import type { Measure, Sample } from './measure';

const LENGTHS = { short: 50, long: 2_000 };
const BLOCKS = 8;
const READS = 10;

/** Opening a conversation: the newest 50 turns of a long one compared with those of a short one. */
export function history(): Measure {
  const guest = newGuest(Date.now());
  const cookie = cookieOf(guest);
  const sessions: Record<string, string> = {};
  return {
    name: 'history',
    async prepare({ redis }) {
      const store = await openStore({ driver: 'redis', urls: [redis.url] });
      for (const [name, turns] of Object.entries(LENGTHS)) {
        const client = new SessionClient(store, { owner: guest.owner });
        sessions[name] = client.sessionId;
        for (let n = 0; n < turns; n++) await client.addTurn(`turn-${n}`);
      }
      await store.close();
    },
    async round({ prober, product }) {
      const times: Record<string, number[]> = { short: [], long: [] };
      for (let block = 0; block < BLOCKS; block++) {
        for (const [name, sessionId] of Object.entries(sessions)) {
          const url = `${product.url}/api/chat/history?sessionId=${sessionId}&limit=50`;
          times[name]?.push(...(await prober.probe({ url, cookie, count: READS, everyMs: 0 })));
        }
      }
      return { short: median(times.short ?? []), long: median(times.long ?? []) } satisfies Sample;
    },
    rows: (samples) => [
      rowWithLimit(1.3, ratioOf(samples, 'long', 'short'), {
        measure: 'loading the newest 50 of 2,000 turns ÷ of 50 turns, p50',
        context: `${milliseconds(medianOf(samples, 'long'))} ÷ ${milliseconds(medianOf(samples, 'short'))}`,
      }),
    ],
  };
}
