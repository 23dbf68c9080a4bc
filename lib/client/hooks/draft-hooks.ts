import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { client } from '../actions/client';
import { imageUrl } from '../http/image-url';
import { type Attachments, draftKey, NO_ATTACHMENTS } from '../state/draft';
import type { Upload } from '../state/upload-store';

const { preferences, uploads } = client;

/** The text that an assistant's composer holds. Write with `setDraft`. */
export const useDraft = (assistantId: string): string =>
  useStore(preferences, (state) => state.drafts[draftKey(state, assistantId)] ?? '');

/** What an assistant's composer holds beside its text. */
export const useAttachments = (assistantId: string): Attachments =>
  useStore(preferences, (state) => state.attachments[draftKey(state, assistantId)] ?? NO_ATTACHMENTS);

/** The turn of this conversation that is being edited in its composer; null where there is none. */
export const useEditing = (sessionId: string | null): string | null =>
  useStore(preferences, ({ editing }) => (sessionId === null ? null : (editing[sessionId]?.turnId ?? null)));

/** The images on their way into this assistant's draft, and those that were not taken. */
export function useUploads(assistantId: string): readonly Upload[] {
  const key = useStore(preferences, (state) => draftKey(state, assistantId));
  return useStore(
    uploads,
    useShallow((state) => state.uploads.filter(({ draft }) => draft === key)),
  );
}

/** Where an image can be shown from: memory, if it was sent from this page. */
export const useImageSource = (imageId: string): string =>
  useStore(uploads, ({ previews }) => previews[imageId] ?? imageUrl(imageId));
