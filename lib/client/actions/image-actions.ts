import { IMAGES_PER_TURN } from '@/lib/chat/image-limits';
import { isTooLong } from '@/lib/chat/text/content';
import { chosenModel } from '../state/catalog-store';
import type { ClientContext } from '../state/context';
import { contentOf, draftAt, draftKey, withDraft } from '../state/draft';
import type { Upload } from '../state/upload-store';
import type { Message } from './send-actions';

export function createImageActions(context: ClientContext, send: (message: Message) => Promise<void>) {
  const { uploads, preferences, catalog, newId } = context;
  const files = new Map<string, Blob>();
  const aborts = new Map<string, AbortController>();
  /** Uploads run one after another, so that images enter the draft in the order of choice. */
  let queue: Promise<void> = Promise.resolve();

  const find = (id: string) => uploads.getState().uploads.find((upload) => upload.id === id);
  const patch = (id: string, change: Partial<Upload>) =>
    uploads.setState((state) => ({
      uploads: state.uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)),
    }));

  function forget(id: string): void {
    const upload = find(id);
    files.delete(id);
    aborts.get(id)?.abort();
    aborts.delete(id);
    uploads.setState((state) => ({ uploads: state.uploads.filter(({ id: other }) => other !== id) }));
    if (upload) sendQueued(upload);
  }

  const setQueued = (draft: string, queuedFor: string | undefined) =>
    uploads.setState((state) => ({
      uploads: state.uploads.map((upload) => (upload.draft === draft ? { ...upload, queuedFor } : upload)),
    }));

  /** An upload has ended: sends the queued message, unless another is unfinished or has failed. */
  function sendQueued({ draft, queuedFor }: Upload): void {
    if (queuedFor === undefined) return;
    const rest = uploads.getState().uploads.filter((upload) => upload.draft === draft);
    if (rest.some(({ state }) => state === 'failed')) setQueued(draft, undefined);
    else if (rest.some(({ state }) => state !== 'refused')) setQueued(draft, queuedFor);
    else {
      setQueued(draft, undefined);
      sendDraft(queuedFor, draft);
    }
  }

  /** Does nothing if the assistant shows another draft by now, or if this one cannot be sent as it is. */
  function sendDraft(assistantId: string, key: string): void {
    const state = preferences.getState();
    if (draftKey(state, assistantId) !== key) return;
    const draft = draftAt(state, key);
    const { images } = draft;
    const content = contentOf(draft);
    const isBlank = content.trim() === '' && images.length === 0;
    const models = catalog.getState().models.value;
    const modelId = chosenModel(models, state.models[assistantId]) ?? models?.default;
    const model = models?.models.find(({ id }) => id === modelId);
    const isBlind = images.length > 0 && model?.vision === false;
    if (!isBlank && !isTooLong(content) && !isBlind) void send({ assistantId, content, images });
  }

  async function upload(id: string): Promise<void> {
    const file = files.get(id);
    if (!file || find(id)?.state !== 'waiting') return;
    const abort = new AbortController();
    aborts.set(id, abort);
    // Loaded with the first image. A script that does not load is a failed upload, which can be tried again.
    const loaded = await import('./upload-image').catch(() => null);
    const outcome = loaded
      ? await loaded.uploadImage(context, file, {
          signal: abort.signal,
          upload: () => find(id),
          patch: (change) => patch(id, change),
        })
      : NOT_LOADED;
    if (outcome === 'added') return forget(id);
    patch(id, outcome);
    const ended = find(id);
    if (ended) sendQueued(ended);
  }

  const startUpload = (id: string): void => {
    queue = queue.then(() => upload(id));
  };

  return {
    /**
     * Adds images to the draft: each is scaled, then uploaded, one after another. `useUploads` has their
     * progress. Images beyond the limit of a message are refused together, as one upload with the reason
     * `too_many`.
     */
    attachImages(assistantId: string, chosen: readonly File[]): void {
      const draft = draftKey(preferences.getState(), assistantId);
      const pending = uploads
        .getState()
        .uploads.filter((upload) => upload.draft === draft && upload.state !== 'refused');
      const room = IMAGES_PER_TURN - draftAt(preferences.getState(), draft).images.length - pending.length;
      const start = { draft, progress: 0, preview: null };
      const accepted = chosen.slice(0, Math.max(0, room)).map((file): Upload => {
        const id = newId();
        files.set(id, file);
        return { ...start, id, name: file.name, state: 'waiting' };
      });
      const refused: Upload[] =
        chosen.length > accepted.length
          ? [{ ...start, id: newId(), name: '', state: 'refused', reason: 'too_many' }]
          : [];
      uploads.setState((state) => ({
        uploads: [...state.uploads.filter(({ reason }) => reason !== 'too_many'), ...accepted, ...refused],
      }));
      for (const { id } of accepted) startUpload(id);
    },
    /** Sends the draft once its uploads have finished. An upload that fails cancels this. */
    sendAfterUploads: (assistantId: string): void =>
      setQueued(draftKey(preferences.getState(), assistantId), assistantId),
    cancelQueuedSend: (assistantId: string): void =>
      setQueued(draftKey(preferences.getState(), assistantId), undefined),
    /** Tries a failed upload again. */
    retryImage(id: string): void {
      if (find(id)?.state !== 'failed') return;
      patch(id, { state: 'waiting', error: undefined });
      startUpload(id);
    },
    /** Removes an image from the draft, or cancels its upload. */
    removeImage(assistantId: string, id: string): void {
      if (find(id)) {
        forget(id);
        return;
      }
      preferences.setState((state) => {
        const key = draftKey(state, assistantId);
        const draft = draftAt(state, key);
        return withDraft(state, key, { ...draft, images: draft.images.filter((image) => image.id !== id) });
      });
    },
  };
}

const NOT_LOADED: Partial<Upload> = { state: 'failed', error: { code: 'network' } };
