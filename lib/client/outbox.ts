import type { ClientErrorInfo } from './client-error';
import type { ClientContext } from './context';
import { comesFromComposer, type PendingSend } from './pending-send';
import { OUTBOX_LIMIT, withoutEntry } from './preferences';

/** The words that are not acknowledged. Kept with the preferences, so that a reload loses none of them. */
export interface Outbox {
  find(turnId: string): PendingSend | undefined;
  of(sessionId: string): readonly PendingSend[];
  /** Adds the entry, or replaces the one with its turn id. */
  put(entry: PendingSend): void;
  remove(turnId: string): void;
  fail(turnId: string, error: ClientErrorInfo): void;
  /** The server has the turn: the entry goes, and the draft with it if it still says the same. */
  acknowledge(turnId: string): void;
}

export function createOutbox({ preferences }: Pick<ClientContext, 'preferences'>): Outbox {
  const entries = () => preferences.getState().outbox;
  const find = (turnId: string) => entries().find((entry) => entry.turnId === turnId);
  const others = (turnId: string) => entries().filter((entry) => entry.turnId !== turnId);
  const put = (entry: PendingSend) => {
    const known = entries().some(({ turnId }) => turnId === entry.turnId);
    const outbox = known
      ? entries().map((one) => (one.turnId === entry.turnId ? entry : one))
      : [...entries(), entry].slice(-OUTBOX_LIMIT);
    preferences.setState({ outbox });
  };

  return {
    find,
    put,
    of: (sessionId) => entries().filter((entry) => entry.sessionId === sessionId),
    remove: (turnId) => preferences.setState({ outbox: others(turnId) }),
    fail(turnId, error) {
      const entry = find(turnId);
      if (entry) put({ ...entry, state: 'failed', error });
    },
    acknowledge(turnId) {
      const entry = find(turnId);
      if (!entry) return;
      const { drafts } = preferences.getState();
      const isInComposer = comesFromComposer(entry) && drafts[entry.sessionId] === entry.content;
      preferences.setState({
        outbox: others(turnId),
        ...(isInComposer && { drafts: withoutEntry(drafts, entry.sessionId) }),
      });
    },
  };
}
