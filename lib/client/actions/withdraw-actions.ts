import type { ClientContext } from '../state/context';
import { withEntry } from '../state/recent-map';
import type { Outbox } from '../sync/outbox';
import type { RemoveTurn } from './withdraw-turns';

/**
 * Discards or edits an unsent message. The server may have it anyway, if only its answer was lost. It is then
 * removed there as soon as the server can be reached, which can be undone like any delete.
 */
export function createWithdrawActions(
  { preferences }: ClientContext,
  outbox: Outbox,
  removeTurn: RemoveTurn,
) {
  /** Removes withdrawn messages from the server. Rarely needed, so it loads on first use. */
  async function withdrawRest(): Promise<void> {
    if (Object.keys(preferences.getState().withdrawn).length === 0) return;
    // A script that does not load is tried again when the server can be reached.
    const loaded = await import('./withdraw-turns').catch(() => null);
    await loaded?.withdrawTurns(preferences, removeTurn);
  }

  function takeBack(turnId: string, change: (turnId: string) => void): void {
    const entry = outbox.find(turnId);
    change(turnId);
    // The server refused a failed message, so it has nothing to remove.
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
