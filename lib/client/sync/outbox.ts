import { type ClientErrorInfo, goesOutByItself } from '../http/client-error';
import type { ClientContext } from '../state/context';
import { holds, withoutSent, withTakenBack } from '../state/draft';
import { comesFromComposer, type PendingSend } from '../state/pending-send';

/**
 * The words that are not acknowledged. Kept with the preferences, so that a reload loses none of them. While a message
 * is on its way for the first time, the composer holds its words; from then on they are here, and nowhere else.
 */
export interface Outbox {
  find(turnId: string): PendingSend | undefined;
  /** Of one conversation, or all; in the order in which they were said. */
  of(sessionId?: string): readonly PendingSend[];
  /** Adds the entry, or replaces the one with its turn id. */
  put(entry: PendingSend): void;
  remove(turnId: string): void;
  /** Back to waiting, as it was; its words leave the composer. */
  wait(turnId: string): void;
  /** The send went wrong: it waits if that passes by itself, else it has failed. Its words leave the composer. */
  refuse(turnId: string, error: ClientErrorInfo): void;
  /** The server has the turn: the entry goes, and the draft with it if it still says the same. */
  acknowledge(turnId: string): void;
  /** The words go back into the composer, before what is written there. The entry goes. */
  takeBack(turnId: string): void;
  /** True while the words of an entry are what its composer holds. */
  isInComposer(entry: PendingSend): boolean;
}

export function createOutbox({ preferences }: Pick<ClientContext, 'preferences'>): Outbox {
  const entries = () => preferences.getState().outbox;
  const find = (turnId: string) => entries().find((entry) => entry.turnId === turnId);
  const others = (turnId: string) => entries().filter((entry) => entry.turnId !== turnId);
  const isInComposer = (entry: PendingSend) =>
    comesFromComposer(entry) && holds(preferences.getState(), entry);

  const put = (entry: PendingSend) => {
    const known = entries().some(({ turnId }) => turnId === entry.turnId);
    preferences.setState({
      outbox: known
        ? entries().map((one) => (one.turnId === entry.turnId ? entry : one))
        : [...entries(), entry],
    });
  };

  /** In one step, so that the words are at no moment in two places, or in none. */
  function leaveComposer(turnId: string, outbox: readonly PendingSend[]): void {
    const entry = find(turnId);
    if (!entry) return;
    preferences.setState({
      outbox,
      ...(isInComposer(entry) && withoutSent(preferences.getState(), entry)),
    });
  }

  const become = (turnId: string, change: Pick<PendingSend, 'state' | 'error'>) =>
    leaveComposer(
      turnId,
      entries().map((one) => (one.turnId === turnId ? { ...one, ...change } : one)),
    );

  return {
    find,
    put,
    isInComposer,
    of: (sessionId) =>
      sessionId === undefined ? entries() : entries().filter((entry) => entry.sessionId === sessionId),
    remove: (turnId) => preferences.setState({ outbox: others(turnId) }),
    wait: (turnId) => become(turnId, { state: 'waiting', error: find(turnId)?.error }),
    refuse: (turnId, error) =>
      become(turnId, { state: goesOutByItself(error) ? 'waiting' : 'failed', error }),
    acknowledge: (turnId) => leaveComposer(turnId, others(turnId)),
    takeBack(turnId) {
      const entry = find(turnId);
      if (!entry) return;
      preferences.setState({ outbox: others(turnId), ...withTakenBack(preferences.getState(), entry) });
    },
  };
}
