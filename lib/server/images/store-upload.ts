import type { ImageAnswer } from '@/lib/chat/wire';
import type { Services } from '@/lib/server/services';
import { UPLOAD_MS } from '@/lib/server/store/store';
import { parseUpload } from './parse-upload';

/**
 * Stores an upload under its owner: the same picture once, however often it comes. It is kept for
 * `UPLOAD_MS`, however long conversations are: after that the store keeps it only for turns that refer to it.
 * @throws ChatError `unsupported_image`, `too_large`, `store_unavailable`.
 */
export async function storeUpload(
  { store }: Pick<Services, 'store'>,
  owner: string,
  bytes: Buffer,
): Promise<ImageAnswer> {
  const image = parseUpload(bytes);
  await store.putImage({ owner, image, ttlMs: UPLOAD_MS, now: Date.now() });
  const { data, ...ref } = image;
  return { ...ref, bytes: data.byteLength };
}
