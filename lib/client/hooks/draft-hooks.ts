import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { client } from '../actions/client';
import { imageUrl } from '../http/image-url';
import { draftKey, NO_ATTACHMENTS } from '../state/draft';
import type { Attachments } from '../state/preferences';
import type { Upload } from '../state/upload-store';

const { preferences, uploads } = client;

/** The text of an assistant's draft. The action `setDraft` changes it. */
export const useDraft = (assistantId: string): string =>
  useStore(preferences, (state) => state.drafts[draftKey(state, assistantId)] ?? '');

/** The pasted blocks and images of an assistant's draft. */
export const useAttachments = (assistantId: string): Attachments =>
  useStore(preferences, (state) => state.attachments[draftKey(state, assistantId)] ?? NO_ATTACHMENTS);

/** The turn that is edited in the composer of this session; null if there is none. */
export const useEditing = (sessionId: string | null): string | null =>
  useStore(preferences, ({ editing }) => (sessionId === null ? null : (editing[sessionId]?.turnId ?? null)));

/** The running, failed and refused uploads of this assistant's draft. */
export function useUploads(assistantId: string): readonly Upload[] {
  const key = useStore(preferences, (state) => draftKey(state, assistantId));
  return useStore(
    uploads,
    useShallow((state) => state.uploads.filter(({ draft }) => draft === key)),
  );
}

/** The address of an image: in memory if it was uploaded from this page. */
export const useImageSource = (imageId: string): string =>
  useStore(uploads, ({ previews }) => previews[imageId] ?? imageUrl(imageId));
