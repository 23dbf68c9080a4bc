import type { ClientContext } from '../state/context';
import { withEntry } from '../state/recent-map';
import type { Outbox } from '../sync/outbox';
import type { RemoveTurn } from './withdraw-turns';

/**
 * What happens to an unsent message that a person takes back. The server may have it all the same, if only the answer was
 * lost: there it is removed, now or when the server can be reached, and that can be undone like any delete.
 */
export function createWithdrawActions(
  { preferences }: ClientContext,
  outbox: Outbox,
  removeTurn: RemoveTurn,
) {
  /** Removes from the server what has been taken back. Rarely needed, so it is loaded for that. */
  async function withdrawRest(): Promise<void> {
    if (Object.keys(preferences.getState().withdrawn).length === 0) return;
    // A script that does not load is tried again when the server can be reached.
    const loaded = await import('./withdraw-turns').catch(() => null);
    await loaded?.withdrawTurns(preferences, removeTurn);
  }

  function takeBack(turnId: string, change: (turnId: string) => void): void {
    const entry = outbox.find(turnId);
    change(turnId);
    // One that has failed was refused.
    if (entry?.state !== 'waiting') return;
    const { sessionId } = entry;
    preferences.setState(({ withdrawn }) => ({ withdrawn: withEntry(withdrawn, turnId, sessionId) }));
    void withdrawRest();
  }

  return {
    /** Moves a failed or waiting message back into the composer, before the draft that is there. */
    editSend: (turnId: string): void => takeBack(turnId, outbox.returnToComposer),
    /** Removes a failed or waiting message. */
    discardSend: (turnId: string): void => takeBack(turnId, outbox.remove),
    withdrawRest,
  };
}
