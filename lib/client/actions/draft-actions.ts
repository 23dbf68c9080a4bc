import { withQuote } from '@/lib/chat/quote';
import { type ClientContext, sessionOf, shownSession } from '../state/context';
import { type Draft, draftAt, draftKey, withDraft, withEdit, withoutEditOf } from '../state/draft';
import type { Outbox } from '../sync/outbox';
import type { Actions } from './actions';

type DraftActions = Pick<
  Actions,
  'addPaste' | 'setPaste' | 'removePaste' | 'startEdit' | 'quote' | 'cancelEdit' | 'editLast'
>;

/** What is done to a draft beside typing. */
export function createDraftActions(context: ClientContext, outbox: Outbox): DraftActions {
  const { preferences, conversations, uploads } = context;

  const change = (assistantId: string, how: (draft: Draft) => Partial<Draft>) =>
    preferences.setState((known) => {
      const key = draftKey(known, assistantId);
      const draft = draftAt(known, key);
      return withDraft(known, key, { ...draft, ...how(draft) });
    });

  function startEdit(turnId: string): void {
    const sessionId = shownSession(context);
    const turn = sessionId === undefined ? undefined : conversations.of(sessionId)?.turns[turnId];
    if (sessionId === undefined || !turn) return;
    const { parentId, user } = turn;
    preferences.setState((known) => withEdit(known, sessionId, { turnId, parentId, ...user }));
  }

  return {
    addPaste: (assistantId, text) => change(assistantId, ({ pastes }) => ({ pastes: [...pastes, text] })),
    setPaste: (assistantId, index, text) =>
      change(assistantId, ({ pastes }) => ({ pastes: pastes.with(index, text) })),
    removePaste: (assistantId, index) =>
      change(assistantId, ({ pastes }) => ({ pastes: pastes.toSpliced(index, 1) })),
    startEdit,
    quote(text) {
      const { activeAssistantId } = preferences.getState();
      if (activeAssistantId === null) return;
      change(activeAssistantId, (draft) => ({ text: withQuote(draft.text, text) }));
    },
    cancelEdit(assistantId) {
      const sessionId = sessionOf(context, assistantId);
      if (sessionId === undefined) return;
      const abandoned = draftKey(preferences.getState(), assistantId);
      preferences.setState((known) => withoutEditOf(known, sessionId));
      if (abandoned !== sessionId) {
        uploads.setState((known) => ({
          uploads: known.uploads.filter(({ draft }) => draft !== abandoned),
        }));
      }
    },
    editLast(assistantId) {
      const sessionId = sessionOf(context, assistantId) ?? '';
      const unsent = outbox.of(sessionId).findLast(({ state }) => state !== 'sending');
      const last = conversations.of(sessionId)?.turnIds.at(-1);
      if (unsent) outbox.takeBack(unsent.turnId);
      else if (last !== undefined) startEdit(last);
    },
  };
}
