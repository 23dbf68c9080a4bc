import { createHash } from 'node:crypto';
import { decodeId, encodeId } from '../encode-id';
import { DEVICE_MS, type Device, type Store } from '../store';
import { CorruptRecord } from '../store-error';
import { integer } from './meta';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { groups, text } from './script-result';
import { DELETE_OWNER, READ_DEVICES, RENAME_DEVICE, REVOKE_DEVICE, SEE_DEVICE } from './scripts/devices';

/** `Store.seeDevice`: one round trip. */
export async function seeDevice(
  redis: RedisCommands,
  { owner, device, name, secrets = [], now }: Parameters<Store['seeDevice']>[0],
): Promise<boolean> {
  const { id, issuedAt } = device;
  const copies = secrets.map((secret) => `${hashOf(secret)}=${secret}`).join(' ');
  const values = { device: encodeId(id), issuedAt, name, secrets: copies, now };
  return text(await runScript(redis, SEE_DEVICE, [redis.keys.devices(owner)], values)) === '1';
}

const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url').slice(0, 12);

/** `Store.ownerSecrets`: one round trip. */
export async function ownerSecrets(redis: RedisCommands, owner: string): Promise<string[]> {
  const rows = groups(await runScript(redis, READ_DEVICES, [redis.keys.devices(owner)], {}), 2);
  return rows.filter(([name]) => text(name).startsWith('secret:')).map(([, secret]) => text(secret));
}

/** `Store.devices`: one round trip. */
export async function readDevices(
  redis: RedisCommands,
  { owner, now }: Parameters<Store['devices']>[0],
): Promise<Device[]> {
  const rows = groups(await runScript(redis, READ_DEVICES, [redis.keys.devices(owner)], {}), 2);
  const fields = new Map(rows.map(([name, value]) => [text(name), text(value)]));
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw new CorruptRecord('a device lacks a field');
    return value;
  };
  return [...fields.keys()]
    .filter((name) => name.startsWith('created:'))
    .map((name) => name.slice('created:'.length))
    .map((id) => ({
      id: decodeId(id),
      name: field(`name:${id}`),
      createdAt: integer(field(`created:${id}`)),
      lastSeenAt: integer(field(`seen:${id}`)),
    }))
    .filter(({ lastSeenAt }) => lastSeenAt > now - DEVICE_MS)
    .sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? -1 : 1));
}

/** `Store.renameDevice`: one round trip. */
export async function renameDevice(
  redis: RedisCommands,
  { owner, deviceId, name }: Parameters<Store['renameDevice']>[0],
): Promise<boolean> {
  const values = { device: encodeId(deviceId), name };
  return text(await runScript(redis, RENAME_DEVICE, [redis.keys.devices(owner)], values)) === '1';
}

/** `Store.revokeDevice`: one round trip. */
export async function revokeDevice(
  redis: RedisCommands,
  { owner, deviceId, now }: Parameters<Store['revokeDevice']>[0],
): Promise<boolean> {
  const values = { device: encodeId(deviceId), now };
  return text(await runScript(redis, REVOKE_DEVICE, [redis.keys.devices(owner)], values)) === '1';
}

/** `Store.deleteOwner`: one round trip for each thousand keys of the server. */
export async function deleteOwner(
  redis: RedisCommands,
  { owner, keepsUse = false, now }: Parameters<Store['deleteOwner']>[0],
): Promise<void> {
  let cursor = '0';
  const values = { keepsUse: keepsUse ? '1' : '', now };
  do cursor = text(await runScript(redis, DELETE_OWNER, [redis.keys.devices(owner)], { cursor, ...values }));
  while (cursor !== '0');
}
