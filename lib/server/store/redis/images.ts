import { isImageType } from '@/lib/chat/turn';
import { encodeId } from '../encode-id';
import type { Refusal } from '../limits';
import type { Store, StoredImage, StoredImageRef } from '../store';
import { CorruptRecord } from '../store-error';
import { isRefusal, prepareLimits, refusalOf } from './limits';
import { integer } from './meta';
import type { RedisCommands } from './redis-commands';
import { fillIn, runScript } from './script';
import { list, text, texts } from './script-result';
import { ADOPT_IMAGE, FINISH_IMAGE, HOLD_IMAGE } from './scripts/images';

/** Upstash accepts requests of up to 1 MB on every plan, and a piece with its command stays well below that. */
export const PIECE_CHARS = 700_000;

/** When the pieces of an upload that was never finished expire. */
const UNFINISHED_MS = 3_600_000;

/** `Store.putImage`: one round trip if the image is stored already, otherwise one for each piece and one to finish. */
export async function putImage(
  redis: RedisCommands,
  { owner, device, image, ttlMs, limits, now }: Parameters<Store['putImage']>[0],
): Promise<Refusal | 'revoked' | null> {
  const claim = { device: device ? encodeId(device.id) : '', issuedAt: device?.issuedAt ?? 0 };
  const key = redis.keys.image({ owner, imageId: image.id });
  const base64 = Buffer.from(image.data).toString('base64');
  const pieces = Math.ceil(base64.length / PIECE_CHARS);
  const hold = now + ttlMs;
  const prepared = await prepareLimits(redis, { owner, limits, now });
  if (isRefusal(prepared)) return prepared;
  const [kind, ...rest] = list(
    await runScript(redis, HOLD_IMAGE, [key, ...prepared.keys], {
      chars: base64.length,
      hold,
      limits: prepared.text,
      bytes: image.data.byteLength,
      unfinishedEnd: now + UNFINISHED_MS,
      ...claim,
      now,
    }),
  );
  if (kind === 'stored') return null;
  if (kind === 'revoked') return 'revoked';
  if (kind === 'limited') return refusalOf(rest);
  for (let n = 0; n < pieces; n++) {
    const piece = base64.slice(n * PIECE_CHARS, (n + 1) * PIECE_CHARS);
    await redis.call('set', `${key}:${n}`, piece, 'PX', String(UNFINISHED_MS));
  }
  const { type, width, height } = image;
  const chars = base64.length;
  const values = { type, width, height, chars, pieces, hold, ...claim, now };
  return text(await runScript(redis, FINISH_IMAGE, [key], values)) === '1' ? null : 'revoked';
}

const FIELDS = ['type', 'width', 'height', 'chars', 'pieces', 'end', 'hold'] as const;

/** `Store.image`: one round trip for its fields, then one for all pieces at once. */
export async function readImage(
  redis: RedisCommands,
  ref: StoredImageRef & { now: number },
): Promise<StoredImage | null> {
  const key = redis.keys.image(ref);
  const [type, width, height, chars, pieces, end, hold] = texts(await redis.call('hmget', key, ...FIELDS));
  if (typeof type !== 'string' || (end && integer(end) <= ref.now)) return null;
  if (!isImageType(type)) throw new CorruptRecord('an image has an unknown type');
  // Stored by the first release, possibly without an expiry: it gets one now.
  if (hold === null) await fillIn(redis, ADOPT_IMAGE, [key], { now: ref.now });
  const parts = await Promise.all(
    Array.from({ length: integer(text(pieces)) }, (_, n) => redis.call('get', `${key}:${n}`)),
  );
  const base64 = parts.map((part) => (part === null ? '' : text(part))).join('');
  if (base64.length !== integer(text(chars))) throw new CorruptRecord('a piece of an image is missing');
  return {
    id: ref.imageId,
    type,
    width: integer(text(width)),
    height: integer(text(height)),
    data: Buffer.from(base64, 'base64'),
  };
}
