import { ChatError } from '@/lib/chat/chat-error';
import { CONTEXT_IMAGE_BYTES } from '@/lib/chat/image-limits';
import { megabytes } from '@/lib/chat/strings/format';
import type { ImageRef } from '@/lib/chat/turn';
import { log } from '@/lib/server/log';
import { seesImages } from '@/lib/server/models/catalog';
import type { Services } from '@/lib/server/services';
import type { Store, StoredImage } from '@/lib/server/store/store';

/**
 * Reads the images of a message before its turn begins, so that an unusable image is reported before anything is
 * stored. Another owner's image is unknown.
 * @throws ChatError `bad_request`, `too_large`, `store_unavailable`.
 */
export async function readSentImages(
  { store, catalog }: Pick<Services, 'store' | 'catalog'>,
  owner: string,
  { ids, model }: { ids: readonly string[]; model: string },
): Promise<StoredImage[]> {
  if (ids.length === 0) return [];
  if (!seesImages(catalog, model))
    throw new ChatError('bad_request', {
      reason: 'no_vision',
      message: 'images: this model cannot see images',
    });
  const found = await Promise.all(ids.map((id) => readImage(store, owner, id)));
  const images = found.filter((image) => image !== null);
  if (images.length < ids.length)
    throw new ChatError('bad_request', {
      reason: 'image_unknown',
      message: 'images: there is no such image',
    });
  if (images.reduce((sum, { data }) => sum + data.byteLength, 0) > CONTEXT_IMAGE_BYTES)
    throw new ChatError('too_large', {
      reason: 'images_together',
      message: `images: together larger than ${megabytes(CONTEXT_IMAGE_BYTES)} MB`,
    });
  return images;
}

/**
 * An owner's image, or null. A damaged image counts as missing: the conversation goes on without it, and
 * uploading the same file again repairs it.
 * @throws ChatError `store_unavailable` if the store is unreachable.
 */
export async function readImage(store: Store, owner: string, imageId: string): Promise<StoredImage | null> {
  try {
    return await store.image({ owner, imageId, now: Date.now() });
  } catch (error) {
    if (!(error instanceof ChatError) || error.reason !== 'corrupt_record') throw error;
    log('warn', 'image_damaged', { image: imageId.slice(0, 8) });
    return null;
  }
}

export const refOf = ({ data: _, ...ref }: StoredImage): ImageRef => ref;
