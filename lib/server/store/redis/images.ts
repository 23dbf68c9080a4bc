import { isImageType } from '@/lib/chat/turn';
import type { ImageOf, Store, StoredImage } from '../store';
import { CorruptRecord } from '../store-failure';
import { imageKey } from './keys';
import { integer } from './meta';
import type { RedisCommands } from './redis-commands';
import { text, texts } from './reply';
import { runScript } from './script';
import { END_IMAGE, KEEP_IMAGE, SHOW_IMAGE } from './scripts/images';

/** Upstash takes 1 MB a request on any plan: a piece and the words around it stay well below. */
export const PIECE_CHARS = 700_000;

/** Pieces of an upload that broke off are gone after this time. */
const UNFINISHED_MS = 3_600_000;

/** `Store.putImage`: one round trip if it is there already; else all pieces, and then what makes them an image. */
export async function putImage(
  redis: RedisCommands,
  { owner, image, ttlMs, now }: Parameters<Store['putImage']>[0],
): Promise<void> {
  const key = imageKey({ owner, imageId: image.id });
  const base64 = Buffer.from(image.data).toString('base64');
  const pieces = Math.ceil(base64.length / PIECE_CHARS);
  const hold = now + ttlMs;
  if (text(await runScript(redis, KEEP_IMAGE, [key], { chars: base64.length, hold, now })) === '1') return;
  for (let n = 0; n < pieces; n++) {
    const piece = base64.slice(n * PIECE_CHARS, (n + 1) * PIECE_CHARS);
    await redis.call('set', `${key}:${n}`, piece, 'PX', String(UNFINISHED_MS));
  }
  const { type, width, height } = image;
  const chars = base64.length;
  await runScript(redis, SHOW_IMAGE, [key], { type, width, height, chars, pieces, hold, now });
}

const FIELDS = ['type', 'width', 'height', 'chars', 'pieces', 'end', 'hold'] as const;

/** `Store.image`: one round trip for what it is, and one for its pieces, all at once. */
export async function readImage(
  redis: RedisCommands,
  ref: ImageOf & { now: number },
): Promise<StoredImage | null> {
  const key = imageKey(ref);
  const [type, width, height, chars, pieces, end, hold] = texts(await redis.call('hmget', key, ...FIELDS));
  if (typeof type !== 'string' || (end && integer(end) <= ref.now)) return null;
  if (!isImageType(type)) throw new CorruptRecord('an image has an unknown type');
  // Of the first release, which kept an image for ever where sessions were: it gets its end now.
  if (hold === null) await runScript(redis, END_IMAGE, [key], { now: ref.now });
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
