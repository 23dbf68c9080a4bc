import { decodeId, encodeId } from '../encode-id';
import {
  DEVICE_MS,
  type Device,
  type DeviceClaim,
  type DeviceRef,
  SEEN_EVERY_MS,
  type Store,
} from '../store';
import type { Sql } from './sql';

type Seen = Parameters<Store['seeDevice']>[0];

/** `unnoted`: it may act for its owner, and when it was seen has to be written. */
export function deviceState(sql: Sql, { owner, device, now }: Seen): 'allowed' | 'unnoted' | 'revoked' {
  if (isRevoked(sql, owner, device)) return 'revoked';
  const row = sql.get('SELECT seen_at FROM devices WHERE owner = ? AND id = ?', ...keyOf(owner, device.id));
  if (row) return now - row.integer('seen_at') < SEEN_EVERY_MS ? 'allowed' : 'unnoted';
  const owned = sql.get(
    `SELECT 1 FROM trees WHERE owner = ? AND level = 0
     UNION ALL SELECT 1 FROM devices WHERE owner = ? LIMIT 1`,
    encodeId(owner),
    encodeId(owner),
  );
  return owned ? 'unnoted' : 'allowed';
}

/** Whether the device was signed out, or everything of its owner was deleted since its cookie was issued. */
export function isRevoked(sql: Sql, owner: string, device: DeviceClaim): boolean {
  const [ownerKey, id] = keyOf(owner, device.id);
  const revoked = sql.get('SELECT 1 FROM devices WHERE owner = ? AND id = ? AND revoked = 1', ownerKey, id);
  const deleted = sql.get(
    'SELECT 1 FROM deletions WHERE owner = ? AND deleted_at >= ?',
    ownerKey,
    device.issuedAt,
  );
  return revoked !== undefined || deleted !== undefined;
}

/** Writes when a device was seen, and forgets devices that were not seen for so long that their cookies have expired. */
export function noteDevice(sql: Sql, { owner, device, name, now }: Seen): void {
  sql.run(
    `INSERT INTO devices (owner, id, name, created_at, seen_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (owner, id) DO UPDATE SET seen_at = MAX(seen_at, excluded.seen_at) WHERE revoked = 0`,
    ...keyOf(owner, device.id),
    name,
    now,
    now,
  );
  sql.run('DELETE FROM devices WHERE seen_at <= ?', now - DEVICE_MS);
  sql.run('DELETE FROM deletions WHERE deleted_at <= ?', now - DEVICE_MS);
}

/** `Store.devices`. */
export function readDevices(sql: Sql, { owner, now }: Parameters<Store['devices']>[0]): Device[] {
  const rows = sql.all(
    'SELECT * FROM devices WHERE owner = ? AND revoked = 0 AND seen_at > ? ORDER BY seen_at DESC, id',
    encodeId(owner),
    now - DEVICE_MS,
  );
  return rows.map((row) => ({
    id: decodeId(row.text('id')),
    name: row.text('name'),
    createdAt: row.integer('created_at'),
    lastSeenAt: row.integer('seen_at'),
  }));
}

/** `Store.renameDevice`. */
export const renameDevice = (sql: Sql, { owner, deviceId, name }: DeviceRef & { name: string }): boolean =>
  sql.run(
    'UPDATE devices SET name = ? WHERE owner = ? AND id = ? AND revoked = 0',
    name,
    ...keyOf(owner, deviceId),
  ) > 0;

/** `Store.revokeDevice`. */
export const revokeDevice = (sql: Sql, { owner, deviceId, now }: DeviceRef & { now: number }): boolean =>
  sql.run(
    `UPDATE devices SET revoked = 1, name = '', seen_at = ? WHERE owner = ? AND id = ? AND revoked = 0`,
    now,
    ...keyOf(owner, deviceId),
  ) > 0;

const keyOf = (owner: string, deviceId: string) => [encodeId(owner), encodeId(deviceId)] as const;
