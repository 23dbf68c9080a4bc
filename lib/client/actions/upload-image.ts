import type { ImageRef } from '@/lib/chat/turn';
import { ImageRefusal, type RefusalReason } from '../browser/images/image-refusal';
import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import { draftAt, withDraft } from '../state/draft';
import { withEntry } from '../state/recent-map';
import type { Upload } from '../state/upload-store';

/** How many previews of uploaded images are kept in memory. */
const MOST_PREVIEWS = 24;

interface UploadOptions {
  signal: AbortSignal;
  /** The upload as it is now; undefined once it has been cancelled. */
  upload: () => Upload | undefined;
  patch: (change: Partial<Upload>) => void;
}

/** Scales an image, uploads it and adds it to its draft. Never rejects: returns how the upload has ended. */
export async function uploadImage(
  context: ClientContext,
  file: Blob,
  { signal, upload, patch }: UploadOptions,
): Promise<'added' | Partial<Upload>> {
  try {
    const blob = await context.prepareImage(file);
    const prepared = upload();
    if (!prepared) return {};
    const preview = prepared.preview ?? URL.createObjectURL(blob);
    patch({ state: 'uploading', progress: 0, preview });
    const image = await context.api.uploadImage(blob, {
      signal,
      onProgress: (progress) => patch({ progress }),
    });
    const uploaded = upload();
    if (!uploaded) return {};
    keepPreview(context, image.id, preview);
    addToDraft(context, uploaded.draft, image);
    return 'added';
  } catch (error) {
    return outcomeOf(error);
  }
}

function keepPreview({ uploads }: ClientContext, imageId: string, preview: string): void {
  const { previews } = uploads.getState();
  const [oldest] = Object.keys(previews);
  if (oldest !== undefined && Object.keys(previews).length >= MOST_PREVIEWS) {
    URL.revokeObjectURL(previews[oldest] ?? '');
    const { [oldest]: _, ...rest } = previews;
    uploads.setState({ previews: { ...rest, [imageId]: preview } });
  } else {
    uploads.setState({ previews: withEntry(previews, imageId, preview) });
  }
}

function addToDraft(
  { preferences }: ClientContext,
  key: string,
  { id, type, width, height }: ImageRef,
): void {
  preferences.setState((state) => {
    const draft = draftAt(state, key);
    const others = draft.images.filter((image) => image.id !== id);
    return withDraft(state, key, { ...draft, images: [...others, { id, type, width, height }] });
  });
}

/** Answers of the server that a second attempt would get again. */
const REFUSALS: Partial<Record<string, RefusalReason>> = {
  unsupported_image: 'type',
  too_large: 'too_big',
  bad_request: 'unreadable',
};

/** An unexpected error is a failed upload too: thrown, it would stop every upload behind this one. */
function outcomeOf(error: unknown): Partial<Upload> {
  if (error instanceof ImageRefusal) return { state: 'refused', reason: error.reason };
  if (!(error instanceof ApiError)) return { state: 'failed', error: { code: 'internal' } };
  // A proxy's own limit: its owner may raise it, so the image stays to be tried again.
  const reason = error.info.reason === 'proxy_size' ? undefined : REFUSALS[error.code];
  return reason ? { state: 'refused', reason } : { state: 'failed', error: error.info };
}
