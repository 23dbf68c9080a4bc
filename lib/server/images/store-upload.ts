import type { ImageAnswer } from '@/lib/chat/wire';
import { signedOut } from '@/lib/server/guests/check-device';
import { limitsFor } from '@/lib/server/limits/limits-for';
import { refusalError } from '@/lib/server/limits/refusal-error';
import type { Services } from '@/lib/server/services';
import { type DeviceClaim, UPLOAD_MS } from '@/lib/server/store/store';
import { checkPixels } from './check-pixels/check-pixels';
import { FairQueue } from './fair-queue';
import { parseUpload } from './parse-upload';

/**
 * One check at a time: many would interleave in small steps, and every other request would wait for a step of each.
 */
const checks = new FairQueue();

/**
 * Stores an upload under its owner: the same picture once, however often it comes. It is kept for
 * `UPLOAD_MS`, however long conversations are: after that the store keeps it only for turns that refer to it.
 * @param address of the client, for the limits of its network; null if it is unknown.
 * @throws ChatError `unsupported_image`, `too_large`, `quota_exceeded`, `rate_limited`, `store_unavailable`,
 * `unauthorized` if the device was signed out while the image was read.
 */
export async function storeUpload(
  { store, settings, storage }: Pick<Services, 'store' | 'settings' | 'storage'>,
  owner: string,
  bytes: Buffer,
  address: string | null = null,
  device?: DeviceClaim,
): Promise<ImageAnswer> {
  const image = parseUpload(bytes);
  await checks.run(address ?? owner, () => checkPixels(image));
  const limits = limitsFor(settings.limits, { address, isStoreFull: storage.isFull() });
  const subtract = storage.addOnce(`${owner} ${image.id}`, image.data.byteLength);
  const refusal = await store.putImage({ owner, device, image, ttlMs: UPLOAD_MS, limits, now: Date.now() });
  if (refusal) {
    subtract();
    throw refusal === 'revoked' ? signedOut() : refusalError(refusal);
  }
  const { data, ...ref } = image;
  return { ...ref, bytes: data.byteLength };
}
