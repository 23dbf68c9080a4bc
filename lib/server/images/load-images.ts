import { type ContextMessage, withImageNote } from '@/lib/chat/context/context-window';
import { CONTEXT_IMAGE_BYTES } from '@/lib/chat/image-limits';
import type { ImageRef } from '@/lib/chat/turn';
import type { QuestionMessage } from '@/lib/server/models/ask-model';
import type { Store, StoredImage } from '@/lib/server/store/store';
import { readImage } from './read-sent-images';

/**
 * Adds the bytes of their images to the messages, newest first, up to `CONTEXT_IMAGE_BYTES`. An image that is
 * missing, damaged or over the limit becomes a note in the text. `own`: the images of the new message,
 * already read.
 * @throws ChatError `store_unavailable` if the store is unreachable.
 */
export async function loadImages(
  store: Store,
  owner: string,
  messages: readonly ContextMessage[],
  own: readonly StoredImage[],
): Promise<{ messages: QuestionMessage[]; images: number }> {
  const byId = new Map<string, StoredImage | null>(own.map((image) => [image.id, image]));
  const loaded = new Map<ImageRef, StoredImage>();
  let room = CONTEXT_IMAGE_BYTES;
  for (const ref of messages.flatMap(({ images = [] }) => images).reverse()) {
    const image = byId.get(ref.id) ?? (await readImage(store, owner, ref.id));
    byId.set(ref.id, image);
    if (!image) continue;
    room -= image.data.byteLength;
    if (room < 0) break;
    loaded.set(ref, image);
  }
  return { messages: messages.map((message) => withImages(message, loaded)), images: loaded.size };
}

function withImages(
  { role, content, images = [] }: ContextMessage,
  loaded: ReadonlyMap<ImageRef, StoredImage>,
): QuestionMessage {
  const shown = images.map((ref) => loaded.get(ref)).filter((image) => image !== undefined);
  const text = withImageNote(content, images.length - shown.length);
  return shown.length > 0 ? { role, content: text, images: shown } : { role, content: text };
}
