import { joinContent, splitContent } from '@/lib/chat/paste';
import type { ImageRef } from '@/lib/chat/turn';
import type { PendingSend } from './pending-send';
import type { Preferences } from './preferences';
import { withEntry, withoutEntry } from './recent-map';

/** What a draft holds beside its text. */
export interface Attachments {
  /** Long pastes, each a block of its own. */
  pastes: readonly string[];
  /** Images that the server has. */
  images: readonly ImageRef[];
}

/** A turn that is being said otherwise: what is sent becomes a version beside it. */
export interface Edit {
  turnId: string;
  parentId: string | null;
}

/** All that one composer holds. */
export interface Draft extends Attachments {
  text: string;
}

export const NO_ATTACHMENTS: Attachments = { pastes: [], images: [] };

const editKey = (turnId: string): string => `edit:${turnId}`;

/**
 * Where an assistant's draft is kept: with its conversation, or, while that is not known yet, with the assistant. An
 * edit has a draft of its own, so that what was written before comes back after it.
 */
export function draftKey({ sessionIds, editing }: Preferences, assistantId: string): string {
  const sessionId = sessionIds[assistantId];
  if (sessionId === undefined) return `assistant:${assistantId}`;
  const edit = editing[sessionId];
  return edit ? editKey(edit.turnId) : sessionId;
}

const keyOf = ({ sessionId, edits }: Pick<PendingSend, 'sessionId' | 'edits'>): string =>
  edits === undefined ? sessionId : editKey(edits);

export const draftAt = ({ drafts, attachments }: Preferences, key: string): Draft => ({
  text: drafts[key] ?? '',
  ...(attachments[key] ?? NO_ATTACHMENTS),
});

/** What is sent of a draft as the content of its message. */
export const contentOf = ({ text, pastes }: Pick<Draft, 'text' | 'pastes'>): string =>
  joinContent(text, pastes);

export const sameImages = (a: readonly ImageRef[] = [], b: readonly ImageRef[] = []): boolean =>
  a.length === b.length && a.every(({ id }, index) => id === b[index]?.id);

/** True while the composer holds exactly what this message says. */
export function holds(preferences: Preferences, entry: PendingSend): boolean {
  const draft = draftAt(preferences, keyOf(entry));
  return contentOf(draft) === entry.content && sameImages(draft.images, entry.images);
}

type DraftState = Pick<Preferences, 'drafts' | 'attachments'>;

export function withDraft(known: DraftState, key: string, { text, ...attachments }: Draft): DraftState {
  const isBare = attachments.pastes.length + attachments.images.length === 0;
  return {
    drafts: text === '' ? withoutEntry(known.drafts, key) : withEntry(known.drafts, key, text),
    attachments: isBare
      ? withoutEntry(known.attachments, key)
      : withEntry(known.attachments, key, attachments),
  };
}

/** The draft moves, if there is one and nothing lies where it goes. */
export function withDraftMoved(known: Preferences, from: string, to: string): DraftState {
  const { drafts, attachments } = known;
  if (drafts[to] !== undefined || attachments[to] !== undefined) return { drafts, attachments };
  const emptied = withDraft(known, from, { text: '', ...NO_ATTACHMENTS });
  return withDraft(emptied, to, draftAt(known, from));
}

type Composers = DraftState & Pick<Preferences, 'editing'>;

const withoutEdit = ({ editing }: Composers, sessionId: string, turnId: string | undefined) =>
  editing[sessionId]?.turnId === turnId ? withoutEntry(editing, sessionId) : editing;

/** What this message was made of leaves its composer; if it was an edit, that is over. */
export const withoutSent = (known: Composers, entry: PendingSend): Composers => ({
  ...withDraft(known, keyOf(entry), { text: '', ...NO_ATTACHMENTS }),
  editing: withoutEdit(known, entry.sessionId, entry.edits),
});

/** What this message says goes back into its composer, before what is written there. */
export function withTakenBack(known: Preferences, entry: PendingSend): Composers {
  const { sessionId, edits, parentId = null } = entry;
  const key = keyOf(entry);
  const now = draftAt(known, key);
  const { text, pastes } = splitContent(entry.content);
  const draft = {
    text: [text, now.text].filter((one) => one !== '').join('\n\n'),
    pastes: [...pastes, ...now.pastes],
    images: [...(entry.images ?? []), ...now.images],
  };
  return {
    ...withDraft(known, key, holds(known, entry) ? now : draft),
    editing:
      edits === undefined
        ? withoutEntry(known.editing, sessionId)
        : withEntry(known.editing, sessionId, { turnId: edits, parentId }),
  };
}

/** The turn's words are in the composer, to be said otherwise. An edit of it that was left goes on. */
export function withEdit(
  known: Preferences,
  sessionId: string,
  { turnId, parentId, content, images }: Edit & { content: string; images: readonly ImageRef[] },
): Composers {
  const key = editKey(turnId);
  const isBegun = known.drafts[key] !== undefined || known.attachments[key] !== undefined;
  return {
    ...withDraft(known, key, isBegun ? draftAt(known, key) : { ...splitContent(content), images }),
    editing: withEntry(known.editing, sessionId, { turnId, parentId }),
  };
}

/** The edit of this conversation is given up; its composer holds again what it held before. */
export function withoutEditOf(known: Composers, sessionId: string): Partial<Composers> {
  const edit = known.editing[sessionId];
  return edit === undefined
    ? {}
    : {
        ...withDraft(known, editKey(edit.turnId), { text: '', ...NO_ATTACHMENTS }),
        editing: withoutEntry(known.editing, sessionId),
      };
}
