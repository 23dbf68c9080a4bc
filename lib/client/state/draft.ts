import { joinContent, splitContent } from '@/lib/chat/text/paste';
import type { ImageRef } from '@/lib/chat/turn';
import type { OutboxEntry } from './outbox-entry';
import type { Attachments, Edit, Preferences } from './preferences';
import { withEntry, withoutEntry } from './recent-map';

/** All that one composer holds. */
export interface Draft extends Attachments {
  text: string;
}

export const NO_ATTACHMENTS: Attachments = { pastes: [], images: [] };

const editKey = (turnId: string): string => `edit:${turnId}`;

/**
 * The key of an assistant's draft: its session, or the assistant itself until the session is resolved. An
 * edit has a draft of its own, so that the unsent draft comes back after it.
 */
export function draftKey({ sessionIds, editing }: Preferences, assistantId: string): string {
  const sessionId = sessionIds[assistantId];
  if (sessionId === undefined) return `assistant:${assistantId}`;
  const edit = editing[sessionId];
  return edit ? editKey(edit.turnId) : sessionId;
}

const keyOf = ({ sessionId, edits }: Pick<OutboxEntry, 'sessionId' | 'edits'>): string =>
  edits === undefined ? sessionId : editKey(edits);

export const draftAt = ({ drafts, attachments }: Preferences, key: string): Draft => ({
  text: drafts[key] ?? '',
  ...(attachments[key] ?? NO_ATTACHMENTS),
});

/** The content of the message that a draft becomes. */
export const contentOf = ({ text, pastes }: Pick<Draft, 'text' | 'pastes'>): string =>
  joinContent(text, pastes);

export const sameImages = (a: readonly ImageRef[] = [], b: readonly ImageRef[] = []): boolean =>
  a.length === b.length && a.every(({ id }, index) => id === b[index]?.id);

/** True if the draft that the message came from still is that message. */
export function draftMatches(preferences: Preferences, message: OutboxEntry): boolean {
  const draft = draftAt(preferences, keyOf(message));
  return contentOf(draft) === message.content && sameImages(draft.images, message.images);
}

type DraftState = Pick<Preferences, 'drafts' | 'attachments'>;

export function withDraft(state: DraftState, key: string, { text, ...attachments }: Draft): DraftState {
  const hasNone = attachments.pastes.length + attachments.images.length === 0;
  return {
    drafts: text === '' ? withoutEntry(state.drafts, key) : withEntry(state.drafts, key, text),
    attachments: hasNone
      ? withoutEntry(state.attachments, key)
      : withEntry(state.attachments, key, attachments),
  };
}

const withoutDraft = (state: DraftState, key: string): DraftState =>
  withDraft(state, key, { text: '', ...NO_ATTACHMENTS });

/** Moves a draft to another key, unless there is a draft already. */
export function withDraftMoved(state: Preferences, from: string, to: string): DraftState {
  const { drafts, attachments } = state;
  if (drafts[to] !== undefined || attachments[to] !== undefined) return { drafts, attachments };
  return withDraft(withoutDraft(state, from), to, draftAt(state, from));
}

type ComposerState = DraftState & Pick<Preferences, 'editing'>;

/** Clears the draft that became this message, and ends its edit. */
export const withoutSent = (state: ComposerState, message: OutboxEntry): ComposerState => {
  const { sessionId, edits } = message;
  const isEditing = edits !== undefined && state.editing[sessionId]?.turnId === edits;
  return {
    ...withoutDraft(state, keyOf(message)),
    editing: isEditing ? withoutEntry(state.editing, sessionId) : state.editing,
  };
};

/** Puts a message back into its draft, before what is written there, and reopens its edit. */
export function withReturned(state: Preferences, message: OutboxEntry): ComposerState {
  const { sessionId, edits, parentId = null } = message;
  const key = keyOf(message);
  const current = draftAt(state, key);
  const { text, pastes } = splitContent(message.content);
  const draft = {
    text: [text, current.text].filter((part) => part !== '').join('\n\n'),
    pastes: [...pastes, ...current.pastes],
    images: [...(message.images ?? []), ...current.images],
  };
  return {
    ...withDraft(state, key, draftMatches(state, message) ? current : draft),
    editing:
      edits === undefined
        ? withoutEntry(state.editing, sessionId)
        : withEntry(state.editing, sessionId, { turnId: edits, parentId }),
  };
}

/** Puts a turn's message into the composer for editing. An edit of it that was left before continues. */
export function withEdit(
  state: Preferences,
  sessionId: string,
  { turnId, parentId, content, images }: Edit & { content: string; images: readonly ImageRef[] },
): ComposerState {
  const key = editKey(turnId);
  const hasDraft = state.drafts[key] !== undefined || state.attachments[key] !== undefined;
  return {
    ...withDraft(state, key, hasDraft ? draftAt(state, key) : { ...splitContent(content), images }),
    editing: withEntry(state.editing, sessionId, { turnId, parentId }),
  };
}

/** Discards the edit of a session. Its composer holds the unsent draft again. */
export function withoutEditOf(state: ComposerState, sessionId: string): Partial<ComposerState> {
  const edit = state.editing[sessionId];
  if (edit === undefined) return {};
  return {
    ...withoutDraft(state, editKey(edit.turnId)),
    editing: withoutEntry(state.editing, sessionId),
  };
}
