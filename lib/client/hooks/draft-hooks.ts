import { useStore } from 'zustand';
import { client } from '../client';
import { type Attachments, draftKey, NO_ATTACHMENTS } from '../draft';

const { preferences } = client;

/** The text that an assistant's composer holds. Write with `setDraft`. */
export const useDraft = (assistantId: string): string =>
  useStore(preferences, (state) => state.drafts[draftKey(state, assistantId)] ?? '');

/** What an assistant's composer holds beside its text. */
export const useAttachments = (assistantId: string): Attachments =>
  useStore(preferences, (state) => state.attachments[draftKey(state, assistantId)] ?? NO_ATTACHMENTS);

/** The turn of this conversation that is being edited in its composer; null where there is none. */
export const useEditing = (sessionId: string | null): string | null =>
  useStore(preferences, ({ editing }) => (sessionId === null ? null : (editing[sessionId]?.turnId ?? null)));
