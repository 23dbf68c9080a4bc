import { type ImageRef, isImageType } from '@/lib/chat/turn';
import { encodeId } from '../encode-id';
import type { ImageOf, Store, StoredImage } from '../store';
import { CorruptRecord } from '../store-failure';
import type { Sql } from './sql';
import type { Tree } from './trees';

/** How long an image that a session uses is left alone before a sweep looks at it again. */
const LOOK_AGAIN_MS = 86_400_000;

/** `Store.putImage`, inside one transaction. */
export function putImage(sql: Sql, { owner, image, ttlMs, now }: Parameters<Store['putImage']>[0]): void {
  sql.run(
    `INSERT INTO images (owner, id, type, width, height, kept_until, data) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (owner, id) DO UPDATE SET kept_until =
       CASE WHEN kept_until IS NULL OR excluded.kept_until IS NULL THEN NULL
         ELSE MAX(kept_until, excluded.kept_until) END`,
    encodeId(owner),
    encodeId(image.id),
    image.type,
    image.width,
    image.height,
    ttlMs === null ? null : now + ttlMs,
    image.data,
  );
}

/** `Store.image`. */
export function readImage(sql: Sql, { owner, imageId, now }: ImageOf & { now: number }): StoredImage | null {
  const row = sql.get(
    `SELECT * FROM images WHERE owner = ? AND id = ? AND (kept_until IS NULL OR kept_until > ? OR ${USED})`,
    encodeId(owner),
    encodeId(imageId),
    now,
    now,
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

const USED = `EXISTS (SELECT 1 FROM image_uses JOIN trees ON trees.pk = image_uses.tree
  WHERE image_uses.image = images.pk AND (trees.expires_at IS NULL OR trees.expires_at > ?))`;

/** From here on the images are kept as long as the tree. */
export function noteUses(sql: Sql, tree: Tree, images: readonly ImageRef[]): void {
  for (const { id } of images)
    sql.run(
      'INSERT OR IGNORE INTO image_uses (image, tree) SELECT pk, ? FROM images WHERE owner = ? AND id = ?',
      tree.pk,
      tree.owner,
      encodeId(id),
    );
}

/** The turns of a tree move to another, and their images with them. */
export function moveUses(sql: Sql, from: Tree, to: Tree): void {
  sql.run('UPDATE OR IGNORE image_uses SET tree = ? WHERE tree = ?', to.pk, from.pk);
}

/** Deletes images that nobody needs any more: a bounded part per call. */
export function sweepImages(sql: Sql, now: number): void {
  for (const row of sql.all('SELECT pk FROM images WHERE kept_until <= ? ORDER BY kept_until LIMIT 5', now)) {
    const pk = row.integer('pk');
    const deleted = sql.run(`DELETE FROM images WHERE pk = ? AND NOT ${USED}`, pk, now);
    // Else those that are in use would stand in the way of the others, and be looked at by every turn.
    if (deleted === 0) sql.run('UPDATE images SET kept_until = ? WHERE pk = ?', now + LOOK_AGAIN_MS, pk);
  }
}
