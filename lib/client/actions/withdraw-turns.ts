import { type ActionResult, isRetriedAutomatically } from '../http/client-error';
import type { PreferencesStore } from '../state/preferences-store';
import { withoutEntry } from '../state/recent-map';

export type RemoveTurn = (sessionId: string, turnId: string) => Promise<ActionResult>;

/** The turns that are being removed. */
const underWay = new Set<string>();

/** Removes withdrawn messages from the server, and forgets each one once it is removed. */
export async function withdrawTurns(preferences: PreferencesStore, removeTurn: RemoveTurn): Promise<void> {
  const withdrawn = Object.entries(preferences.getState().withdrawn);
  await Promise.all(
    withdrawn.map(async ([turnId, sessionId]) => {
      if (underWay.has(turnId)) return;
      underWay.add(turnId);
      const result = await removeTurn(sessionId, turnId).finally(() => underWay.delete(turnId));
      // If the server does not have the turn, there is nothing to remove.
      if (!result.ok && isRetriedAutomatically(result.error)) return;
      preferences.setState((state) => ({ withdrawn: withoutEntry(state.withdrawn, turnId) }));
    }),
  );
}
