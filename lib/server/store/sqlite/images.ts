import { type ImageRef, isImageType } from '@/lib/chat/turn';
import { encodeId } from '../encode-id';
import type { Refusal } from '../limits';
import { IMAGE_GRACE_MS, type Store, type StoredImage, type StoredImageRef, UNDO_MS } from '../store';
import { CorruptRecord } from '../store-error';
import { isRevoked } from './devices';
import { takeUpload } from './limits';
import type { SessionRow } from './sessions';
import type { Sql } from './sql';

/** `Store.putImage`, inside one transaction. */
export function putImage(
  sql: Sql,
  { owner, device, image, ttlMs, limits, now }: Parameters<Store['putImage']>[0],
): Refusal | 'revoked' | null {
  if (device && isRevoked(sql, owner, device)) return 'revoked';
  const isStored = sql.get(
    'SELECT 1 FROM images WHERE owner = ? AND id = ?',
    encodeId(owner),
    encodeId(image.id),
  );
  const refusal =
    limits && !isStored && takeUpload(sql, { owner, limits, bytes: image.data.byteLength, now });
  if (refusal) return refusal;
  sql.run(
    `INSERT INTO images (owner, id, type, width, height, kept_until, data) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (owner, id) DO UPDATE SET kept_until = MAX(kept_until, excluded.kept_until)`,
    encodeId(owner),
    encodeId(image.id),
    image.type,
    image.width,
    image.height,
    now + ttlMs,
    image.data,
  );
  return null;
}

/** `Store.image`. */
export function readImage(
  sql: Sql,
  { owner, imageId, now }: StoredImageRef & { now: number },
): StoredImage | null {
  const row = sql.get(
    `SELECT * FROM images WHERE owner = ? AND id = ? AND (kept_until > ? OR ${IN_USE})`,
    encodeId(owner),
    encodeId(imageId),
    now,
    ...inUseAt(now),
  );
  if (!row) return null;
  const type = row.text('type');
  if (!isImageType(type)) throw new CorruptRecord('an image has an unknown type');
  return {
    id: imageId,
    type,
    width: row.integer('width'),
    height: row.integer('height'),
    data: row.bytes('data'),
  };
}

/** Whether a turn that can be read or restored refers to the image. */
const IN_USE = `EXISTS (SELECT 1 FROM turn_images
  JOIN turns ON turns.seq = turn_images.turn JOIN trees ON trees.pk = turns.tree
  WHERE turn_images.owner = images.owner AND turn_images.image = images.id
    AND (turns.deleted_at IS NULL OR turns.deleted_at > ?)
    AND (trees.level = 0 OR trees.aside_until > ?)
    AND (trees.expires_at IS NULL OR trees.expires_at > ?))`;

const inUseAt = (now: number) => [now - UNDO_MS, now, now] as const;

/** Notes that a turn which was just stored refers to these images. They are no longer kept for the upload's sake. */
export function addTurnImages(
  sql: Sql,
  session: SessionRow,
  turnId: string,
  images: readonly ImageRef[],
  now: number,
) {
  for (const { id } of images) {
    sql.run(
      `INSERT OR IGNORE INTO turn_images (owner, image, turn)
       SELECT ?, ?, seq FROM turns WHERE tree = ? AND id = ?`,
      session.owner,
      encodeId(id),
      session.pk,
      turnId,
    );
    sql.run(
      'UPDATE images SET kept_until = MIN(kept_until, ?) WHERE owner = ? AND id = ?',
      now + IMAGE_GRACE_MS,
      session.owner,
      encodeId(id),
    );
  }
}

/** Deletes images that no turn needs any more: a few per call, so that no call pays for a long absence. */
export function sweepImages(sql: Sql, now: number): void {
  for (const row of sql.all('SELECT pk FROM images WHERE kept_until <= ? ORDER BY kept_until LIMIT 5', now)) {
    const pk = row.integer('pk');
    const deleted = sql.run(`DELETE FROM images WHERE pk = ? AND NOT ${IN_USE}`, pk, ...inUseAt(now));
    // Otherwise images in use would fill every sweep, and those that can go would never be reached.
    if (deleted === 0) sql.run('UPDATE images SET kept_until = ? WHERE pk = ?', now + IMAGE_GRACE_MS, pk);
  }
}
