import { shownLine } from '@/lib/chat/text/plain-line';
import type { HistoryAnswer } from '@/lib/chat/wire';
import type { Services } from '@/lib/server/services';
import type { SessionRef } from '@/lib/server/store/store';
import { settleIfDead } from '@/lib/server/turns/settle';

export const noHistory = (sessionId: string): HistoryAnswer => ({
  sessionId,
  assistantId: null,
  title: '',
  total: 0,
  turns: [],
  versions: {},
  activeTurnId: null,
  nextBefore: null,
});

/** A page of a session. A live turn has the newest text that this process knows; one whose producer died is settled. */
export async function readHistory(
  services: Services,
  ref: SessionRef,
  page: { limit: number; before?: string },
): Promise<HistoryAnswer> {
  const now = Date.now();
  const { session, total, turns, versions, userHashes, nextBefore } = await services.store.history({
    ...ref,
    ...page,
    now,
  });
  if (!session) return noHistory(ref.sessionId);
  const shown = await Promise.all(
    turns.map(async (stored) => {
      const turnRef = { ...ref, turnId: stored.turn.id };
      const settled = await settleIfDead(services, turnRef, stored, now);
      return settled.lease ? (services.runs.find(turnRef)?.turn ?? settled.turn) : settled.turn;
    }),
  );
  const wordings = wordingsOf(versions, userHashes);
  const hasEnded = shown.some((turn) => turn.id === session.activeTurnId && turn.status !== 'streaming');
  return {
    sessionId: session.id,
    assistantId: session.assistantId,
    title: shownLine(session.title),
    total,
    turns: shown,
    versions,
    ...(Object.keys(wordings).length > 0 && { wordings }),
    activeTurnId: hasEnded ? null : session.activeTurnId,
    nextBefore,
  };
}

/** For the turns with versions whose user messages differ: the version ids, grouped by user message, oldest first. */
function wordingsOf(
  versions: Readonly<Record<string, readonly string[]>>,
  userHashes: Readonly<Record<string, string>>,
): Record<string, string[][]> {
  return Object.fromEntries(
    Object.entries(versions)
      .map(([turnId, ids]): [string, string[][]] => [
        turnId,
        [...Map.groupBy(ids, (id) => userHashes[id]).values()],
      ])
      .filter(([, groups]) => groups.length > 1),
  );
}
