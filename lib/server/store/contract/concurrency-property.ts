import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { Store } from '../store';
import { reply, SessionClient } from './session-client';

/** What one client does, without waiting for the others. */
const clientSteps = fc.record({
  parent: fc.oneof(fc.constant(undefined), fc.constant(null), fc.constantFrom('seed-1', 'seed-2')),
  ends: fc.boolean(),
  chooses: fc.option(fc.constantFrom('seed-0', 'seed-1', 'seed-2')),
});

/** Whatever the order in which concurrent calls arrive, the session stays consistent. */
export function concurrencyProperty(store: () => Store, runs: number): void {
  test('keeps a session consistent under concurrent clients: at most one live turn, nothing acknowledged lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(clientSteps, { minLength: 2, maxLength: 12 }), async (clients) => {
        const client = new SessionClient(store());
        await client.addTurns('seed-0', 'seed-1', 'seed-2');
        const acknowledged = new Map<string, Turn>();
        await Promise.all(
          clients.map(async ({ parent, ends, chooses }, n) => {
            const begun = await client.begin(`turn-${n}`, { parentId: parent });
            if (begun.kind === 'begun') acknowledged.set(`turn-${n}`, begun.turn);
            if (begun.kind === 'begun' && ends) {
              const turn = reply(begun.turn, `ended ${n}`, 'done');
              expect(await client.write(`turn-${n}`, { turn })).toMatchObject({ held: true });
              acknowledged.set(`turn-${n}`, turn);
            }
            if (chooses) await client.setHead(chooses);
          }),
        );

        for (const [id, turn] of acknowledged) expect(await client.turn(id)).toEqual(turn);
        const live = [...acknowledged.values()].filter(isLive).map(({ id }) => id);
        const { session, turns, total } = await client.history(100);
        expect(live.length).toBeLessThanOrEqual(1);
        expect(session?.activeTurnId ?? null).toBe(live[0] ?? null);
        expect(total).toBe(turns.length);
        expect(turns.at(-1)?.turn.id).toBe(session?.headTurnId);
        expect(turns.map(({ turn }) => turn.depth)).toEqual(turns.map((_, depth) => depth));
        const parents = [null, ...turns.map(({ turn }) => turn.id)];
        expect(turns.map(({ turn }) => turn.parentId)).toEqual(parents.slice(0, -1));
      }),
      { numRuns: runs },
    );
  });
}
