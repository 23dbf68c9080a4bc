import { IMAGES_PER_TURN } from '@/lib/chat/image-limits';
import type { ImageRef } from '@/lib/chat/turn';
import { ImageRefusal, type RefusalReason } from '../browser/images/image-refusal';
import { ApiError } from '../http/client-error';
import type { ClientContext } from '../state/context';
import { draftAt, draftKey, withDraft } from '../state/draft';
import { withEntry } from '../state/preferences';
import type { Upload } from '../state/upload-store';
import type { Actions } from './actions';

type ImageActions = Pick<Actions, 'attachImages' | 'retryImage' | 'removeImage'>;

/** How many of the images that were sent from here are kept in memory. */
const MOST_PREVIEWS = 24;

/** Images go one after another, in the order in which they were chosen, each into the draft it was chosen for. */
export function createImageActions(context: ClientContext): ImageActions {
  const { api, uploads, preferences, prepareImage, newId } = context;
  const files = new Map<string, Blob>();
  const aborts = new Map<string, AbortController>();
  let line: Promise<void> = Promise.resolve();

  const find = (id: string) => uploads.getState().uploads.find((one) => one.id === id);
  const patch = (id: string, change: Partial<Upload>) =>
    uploads.setState((known) => ({
      uploads: known.uploads.map((one) => (one.id === id ? { ...one, ...change } : one)),
    }));

  function forget(id: string): void {
    files.delete(id);
    aborts.get(id)?.abort();
    aborts.delete(id);
    uploads.setState((known) => ({ uploads: known.uploads.filter((one) => one.id !== id) }));
  }

  function keepPreview(imageId: string, preview: string): void {
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

  function arrived(upload: Upload, { id, type, width, height }: ImageRef, preview: string): void {
    keepPreview(id, preview);
    preferences.setState((known) => {
      const draft = draftAt(known, upload.draft);
      const others = draft.images.filter((one) => one.id !== id);
      return withDraft(known, upload.draft, { ...draft, images: [...others, { id, type, width, height }] });
    });
    forget(upload.id);
  }

  async function transmit(id: string): Promise<void> {
    const file = files.get(id);
    if (!file || find(id)?.state !== 'waiting') return;
    const abort = new AbortController();
    aborts.set(id, abort);
    try {
      const blob = await prepareImage(file);
      const prepared = find(id);
      if (!prepared) return;
      const preview = prepared.preview ?? URL.createObjectURL(blob);
      patch(id, { state: 'uploading', progress: 0, preview });
      const image = await api.uploadImage(blob, {
        signal: abort.signal,
        onProgress: (progress) => patch(id, { progress }),
      });
      const upload = find(id);
      if (upload) arrived(upload, image, preview);
    } catch (error) {
      patch(id, outcomeOf(error));
    }
  }

  const startUpload = (id: string): void => {
    line = line.then(() => transmit(id));
  };

  return {
    attachImages(assistantId, chosen) {
      const draft = draftKey(preferences.getState(), assistantId);
      const under = uploads
        .getState()
        .uploads.filter((one) => one.draft === draft && one.state !== 'refused');
      const room = IMAGES_PER_TURN - draftAt(preferences.getState(), draft).images.length - under.length;
      const upload = { draft, progress: 0, preview: null };
      const taken = chosen.slice(0, Math.max(0, room)).map((file): Upload => {
        const id = newId();
        files.set(id, file);
        return { ...upload, id, name: file.name, state: 'waiting' };
      });
      const refused: Upload[] =
        chosen.length > taken.length
          ? [{ ...upload, id: newId(), name: '', state: 'refused', reason: 'too_many' }]
          : [];
      uploads.setState((known) => ({
        uploads: [...known.uploads.filter(({ reason }) => reason !== 'too_many'), ...taken, ...refused],
      }));
      for (const { id } of taken) startUpload(id);
    },
    retryImage(id) {
      if (find(id)?.state !== 'failed') return;
      patch(id, { state: 'waiting', error: undefined });
      startUpload(id);
    },
    removeImage(assistantId, id) {
      if (find(id)) return forget(id);
      preferences.setState((known) => {
        const key = draftKey(known, assistantId);
        const draft = draftAt(known, key);
        return withDraft(known, key, { ...draft, images: draft.images.filter((one) => one.id !== id) });
      });
    },
  };
}

/** Refusals of the server that a second try meets as well. */
const REFUSALS: Partial<Record<string, RefusalReason>> = {
  unsupported_image: 'type',
  too_large: 'too_big',
  bad_request: 'unreadable',
};

/** What nobody foresaw is told as a failure too: thrown, it would be the end of the line for all images after it. */
function outcomeOf(error: unknown): Partial<Upload> {
  if (error instanceof ImageRefusal) return { state: 'refused', reason: error.reason };
  if (!(error instanceof ApiError)) return { state: 'failed', error: { code: 'internal' } };
  const reason = REFUSALS[error.code];
  return reason ? { state: 'refused', reason } : { state: 'failed', error: error.info };
}
