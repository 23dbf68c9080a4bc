import type { Turn } from '@/lib/chat/turn';
import { wordingsOf } from '@/lib/chat/wordings';
import type { Services } from '@/lib/server/services';
import type { SessionRef } from '@/lib/server/store/store';

/** How many versions that are not shown are looked at for one page: what a page costs stays bounded. */
const MOST_READ = 60;

/**
 * For the turns of a page whose versions differ in what the person said: the ids of the versions, those with the same
 * words together. Only where there are versions does this ask the store.
 */
export async function readWordings(
  { store }: Pick<Services, 'store'>,
  ref: SessionRef,
  shown: readonly Turn[],
  versions: Readonly<Record<string, readonly string[]>>,
  now: number,
): Promise<Record<string, string[][]>> {
  const known = new Map<string, Pick<Turn, 'id' | 'user'>>(shown.map((turn) => [turn.id, turn]));
  const missing = Object.values(versions)
    .flat()
    .filter((id) => !known.has(id))
    .slice(0, MOST_READ);
  const read = await Promise.all(missing.map((turnId) => store.turn({ ...ref, turnId, now })));
  for (const stored of read) if (stored) known.set(stored.turn.id, stored.turn);
  return Object.fromEntries(
    Object.entries(versions).flatMap(([turnId, ids]) => {
      const found = ids.flatMap((id) => known.get(id) ?? []);
      const wordings = found.length === ids.length ? wordingsOf(found) : [];
      return wordings.length > 1 ? [[turnId, wordings]] : [];
    }),
  );
}
