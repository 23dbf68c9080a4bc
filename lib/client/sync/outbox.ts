import { type ClientErrorInfo, isRetriedAutomatically } from '../http/client-error';
import type { ClientContext } from '../state/context';
import { draftMatches, withoutSent, withReturned } from '../state/draft';
import { comesFromComposer, type OutboxEntry } from '../state/outbox-entry';

/**
 * The messages that the server has not acknowledged, kept with the preferences so that a reload loses none of
 * them. While a message is sent for the first time its text stays in the composer; from then on it is only
 * here.
 */
export interface Outbox {
  find(turnId: string): OutboxEntry | undefined;
  /** The entries of one session, or all entries; oldest first. */
  of(sessionId?: string): readonly OutboxEntry[];
  /** Adds and stores an entry. One that waits leaves the composer in the same step. */
  add(entry: OutboxEntry): void;
  remove(turnId: string): void;
  /** Marks the entry as being sent. In memory only: a reload turns it back into one that waits. */
  markSending(turnId: string): void;
  /** Puts the entry back to waiting. Its text leaves the composer. */
  wait(turnId: string): void;
  /**
   * The send was refused or did not arrive: the entry waits if it is retried automatically, else it has failed. Its
   * text leaves the composer.
   */
  sendFailed(turnId: string, error: ClientErrorInfo): void;
  /** The server has the turn: removes the entry, and the draft if it still is this message. */
  acknowledge(turnId: string): void;
  /** Moves the message back into the composer, before the draft that is there. */
  returnToComposer(turnId: string): void;
  /** True while the composer holds exactly this message. */
  isInComposer(entry: OutboxEntry): boolean;
}

export function createOutbox({ preferences }: Pick<ClientContext, 'preferences'>): Outbox {
  const entries = () => preferences.getState().outbox;
  const find = (turnId: string) => entries().find((entry) => entry.turnId === turnId);
  const others = (turnId: string) => entries().filter((entry) => entry.turnId !== turnId);
  const isInComposer = (entry: OutboxEntry) =>
    comesFromComposer(entry) && draftMatches(preferences.getState(), entry);

  /** One write for the outbox and the draft: the message is never in both for good, nor in neither. */
  const moveOutOfComposer = (entry: OutboxEntry, outbox: readonly OutboxEntry[]) =>
    preferences.setState({
      outbox,
      ...(isInComposer(entry) && withoutSent(preferences.getState(), entry)),
    });

  const withChange = (turnId: string, change: Pick<OutboxEntry, 'state' | 'error'>) =>
    entries().map((entry) => (entry.turnId === turnId ? { ...entry, ...change } : entry));

  /** Changes the entry. Its text leaves the composer in the same step. */
  function moveTo(turnId: string, change: Pick<OutboxEntry, 'state' | 'error'>): void {
    const entry = find(turnId);
    if (entry) moveOutOfComposer(entry, withChange(turnId, change));
  }

  return {
    find,
    isInComposer,
    of: (sessionId) =>
      sessionId === undefined ? entries() : entries().filter((entry) => entry.sessionId === sessionId),
    add(entry) {
      const outbox = [...entries(), entry];
      if (entry.state === 'sending') preferences.setState({ outbox });
      else moveOutOfComposer(entry, outbox);
    },
    remove: (turnId) => preferences.setState({ outbox: others(turnId) }),
    markSending(turnId) {
      preferences.setState({ outbox: withChange(turnId, { state: 'sending', error: undefined }) });
    },
    wait: (turnId) => moveTo(turnId, { state: 'waiting', error: find(turnId)?.error }),
    sendFailed: (turnId, error) =>
      moveTo(turnId, { state: isRetriedAutomatically(error) ? 'waiting' : 'failed', error }),
    acknowledge(turnId) {
      const entry = find(turnId);
      if (entry) moveOutOfComposer(entry, others(turnId));
    },
    returnToComposer(turnId) {
      const entry = find(turnId);
      if (!entry) return;
      preferences.setState({ outbox: others(turnId), ...withReturned(preferences.getState(), entry) });
    },
  };
}
