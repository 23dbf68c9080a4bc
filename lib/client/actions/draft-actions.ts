import { withQuote } from '@/lib/chat/text/quote';
import { type ClientContext, sessionOf, shownSession } from '../state/context';
import { type Draft, draftAt, draftKey, withDraft, withEdit, withoutEditOf } from '../state/draft';
import { withEntry, withoutEntry } from '../state/recent-map';
import type { Outbox } from '../sync/outbox';

export function createDraftActions(context: ClientContext, outbox: Outbox) {
  const { preferences, conversations, uploads } = context;

  function change(assistantId: string, changeDraft: (draft: Draft) => Partial<Draft>): void {
    preferences.setState((state) => {
      const key = draftKey(state, assistantId);
      const draft = draftAt(state, key);
      return withDraft(state, key, { ...draft, ...changeDraft(draft) });
    });
  }

  /** Puts a turn on screen into the composer for editing. The draft that was there returns after the edit. */
  function startEdit(turnId: string): void {
    const sessionId = shownSession(context);
    const turn = sessionId === undefined ? undefined : conversations.of(sessionId)?.turns[turnId];
    if (sessionId === undefined || !turn) return;
    const { parentId, user } = turn;
    preferences.setState((state) => withEdit(state, sessionId, { turnId, parentId, ...user }));
  }

  return {
    /** Replaces the text of the assistant's draft. */
    setDraft(assistantId: string, text: string): void {
      preferences.setState((state) => {
        const key = draftKey(state, assistantId);
        return { drafts: text === '' ? withoutEntry(state.drafts, key) : withEntry(state.drafts, key, text) };
      });
    },
    /** Adds a long paste to the draft, as a block beside the text. */
    addPaste: (assistantId: string, text: string): void =>
      change(assistantId, ({ pastes }) => ({ pastes: [...pastes, text] })),
    setPaste: (assistantId: string, index: number, text: string): void =>
      change(assistantId, ({ pastes }) => ({ pastes: pastes.with(index, text) })),
    removePaste: (assistantId: string, index: number): void =>
      change(assistantId, ({ pastes }) => ({ pastes: pastes.toSpliced(index, 1) })),
    startEdit,
    /** Appends text to the draft of the assistant on screen, as a Markdown quote. */
    quote(text: string): void {
      const { activeAssistantId } = preferences.getState();
      if (activeAssistantId === null) return;
      change(activeAssistantId, (draft) => ({ text: withQuote(draft.text, text) }));
    },
    /** Discards the edit in this assistant's composer. */
    cancelEdit(assistantId: string): void {
      const sessionId = sessionOf(context, assistantId);
      if (sessionId === undefined) return;
      const discarded = draftKey(preferences.getState(), assistantId);
      preferences.setState((state) => withoutEditOf(state, sessionId));
      // Equal keys mean that no edit was open.
      if (discarded !== sessionId) {
        uploads.setState((state) => ({
          uploads: state.uploads.filter(({ draft }) => draft !== discarded),
        }));
      }
    },
    /** Edits the newest message: an unsent one, which returns to the composer, else that of the last turn. */
    editLast(assistantId: string): void {
      const sessionId = sessionOf(context, assistantId) ?? '';
      const unsent = outbox.of(sessionId).findLast(({ state }) => state !== 'sending');
      const last = conversations.of(sessionId)?.turnIds.at(-1);
      if (unsent) outbox.returnToComposer(unsent.turnId);
      else if (last !== undefined) startEdit(last);
    },
  };
}
