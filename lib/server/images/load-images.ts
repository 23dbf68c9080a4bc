import { type ContextMessage, withImageNote } from '@/lib/chat/context-window';
import { CONTEXT_IMAGE_BYTES } from '@/lib/chat/image-limits';
import type { ImageRef } from '@/lib/chat/turn';
import type { QuestionMessage } from '@/lib/server/models/ask-model';
import type { Store, StoredImage } from '@/lib/server/store/store';
import { readImage } from './read-images';

/**
 * The messages with the bytes of their images, newest first until they are too many bytes. `own`: those of the new
 * message, which are there already. An image that is gone or damaged, or beyond that, is a note in the text.
 * @throws ChatError `store_unavailable` when the store is away.
 */
export async function loadImages(
  store: Store,
  owner: string,
  messages: readonly ContextMessage[],
  own: readonly StoredImage[],
): Promise<{ messages: QuestionMessage[]; images: number }> {
  const known = new Map<string, StoredImage | null>(own.map((image) => [image.id, image]));
  const loaded = new Map<ImageRef, StoredImage>();
  let room = CONTEXT_IMAGE_BYTES;
  for (const ref of messages.flatMap(({ images = [] }) => images).reverse()) {
    const image = known.get(ref.id) ?? (await readImage(store, owner, ref.id));
    known.set(ref.id, image);
    if (!image) continue;
    room -= image.data.byteLength;
    if (room < 0) break;
    loaded.set(ref, image);
  }
  return { messages: messages.map((message) => answered(message, loaded)), images: loaded.size };
}

function answered(
  { role, content, images = [] }: ContextMessage,
  loaded: ReadonlyMap<ImageRef, StoredImage>,
): QuestionMessage {
  const shown = images.map((ref) => loaded.get(ref)).filter((image) => image !== undefined);
  const said = withImageNote(content, images.length - shown.length);
  return shown.length > 0 ? { role, content: said, images: shown } : { role, content: said };
}
