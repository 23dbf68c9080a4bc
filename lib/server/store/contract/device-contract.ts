import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DEVICE_MS, type DeviceClaim, SEEN_EVERY_MS, type Store } from '../store';
import { DAY_MS, SessionClient } from './session-client';

/** A device of the owner of a session. */
class DeviceClient extends SessionClient {
  device: DeviceClaim = { id: `device-${randomUUID()}`, issuedAt: this.now };

  see(name = 'Firefox, Linux', secrets?: readonly string[]) {
    return this.store.seeDevice({ owner: this.owner, device: this.device, name, secrets, now: this.now });
  }

  devices() {
    return this.store.devices({ owner: this.owner, now: this.now });
  }

  revoke(deviceId: string = this.device.id) {
    return this.store.revokeDevice({ owner: this.owner, deviceId, now: this.now });
  }

  /** Another device of the same owner, at the same time. */
  second(): DeviceClient {
    return new DeviceClient(this.store, { owner: this.owner, now: this.now });
  }
}

export function deviceContract(store: () => Store): void {
  const newClient = () => new DeviceClient(store());

  describe('devices', () => {
    test('are not recorded before their owner has a conversation', async () => {
      const client = newClient();
      expect(await client.see()).toBe(true);
      expect(await client.devices()).toEqual([]);
      await client.addTurn('a');
      expect(await client.see()).toBe(true);
      expect(await client.devices()).toEqual([
        { id: client.device.id, name: 'Firefox, Linux', createdAt: client.now, lastSeenAt: client.now },
      ]);
    });

    test('keep copies of secrets for their owner, where a single key can be lost', async () => {
      const client = newClient();
      const see = (...secrets: string[]) => client.see('Firefox, Linux', secrets);
      await see('first');
      expect(await store().ownerSecrets(client.owner)).toEqual([]);
      await client.addTurn('a');
      await see();
      await see('first');
      await see('second', 'first');
      await client.second().see('Chrome, Windows', ['first']);
      const copies = store().driver === 'sqlite' ? [] : ['first', 'second'];
      expect((await store().ownerSecrets(client.owner)).sort()).toEqual(copies);
      expect(await store().ownerSecrets(newClient().owner)).toEqual([]);
      expect(await client.devices()).toHaveLength(2);
      await store().deleteOwner({ owner: client.owner, now: client.now });
      expect(await store().ownerSecrets(client.owner)).toEqual([]);
    });

    test('are listed with the one seen last first, and keep their own name', async () => {
      const client = newClient();
      await client.addTurn('a');
      await client.see();
      const other = client.second();
      other.now += SEEN_EVERY_MS;
      await other.see('Chrome, Windows');
      const rename = { owner: client.owner, deviceId: client.device.id, name: '书房 🖥', now: client.now };
      expect(await store().renameDevice(rename)).toBe(true);
      client.now += 2 * SEEN_EVERY_MS;
      await client.see('Firefox, Linux');
      expect((await client.devices()).map(({ name }) => name)).toEqual(['书房 🖥', 'Chrome, Windows']);
      expect(await store().renameDevice({ ...rename, deviceId: 'unknown' })).toBe(false);
      expect(await store().renameDevice({ ...rename, owner: newClient().owner })).toBe(false);
    });

    test('have the time they were last seen, to the hour', async () => {
      const client = newClient();
      const start = client.now;
      await client.addTurn('a');
      await client.see();
      client.now = start + SEEN_EVERY_MS - 1;
      await client.see();
      expect(await client.devices()).toMatchObject([{ lastSeenAt: start }]);
      client.now = start + SEEN_EVERY_MS;
      await client.see();
      expect(await client.devices()).toMatchObject([{ createdAt: start, lastSeenAt: client.now }]);
    });

    test('that were signed out are refused at once, for good, and no longer listed', async () => {
      const client = newClient();
      await client.addTurn('a');
      await client.see();
      const other = client.second();
      await other.see();
      expect(await client.revoke(other.device.id)).toBe(true);
      expect(await other.see()).toBe(false);
      expect(await other.begin('b', { device: other.device })).toEqual({ kind: 'revoked' });
      expect(await client.shownIds()).toEqual(['a']);
      other.now += DAY_MS;
      other.device.issuedAt = other.now;
      expect(await other.see()).toBe(false);
      expect(await client.devices()).toMatchObject([{ id: client.device.id }]);
      expect(await client.see()).toBe(true);
      expect(await client.begin('b', { device: client.device })).toMatchObject({ kind: 'begun' });
    });

    test('can be signed out only once, and only by their owner', async () => {
      const client = newClient();
      await client.addTurn('a');
      await client.see();
      const stranger = newClient();
      await stranger.addTurn('a');
      expect(await stranger.revoke(client.device.id)).toBe(false);
      expect(await client.see()).toBe(true);
      expect(await client.revoke()).toBe(true);
      expect(await client.revoke()).toBe(false);
      expect(await client.revoke('unknown')).toBe(false);
    });

    test('are forgotten when their cookie has expired', async () => {
      const client = newClient();
      await client.addTurn('a', { ttlMs: null });
      await client.see();
      client.now += DEVICE_MS;
      expect(await client.devices()).toEqual([]);
      const other = client.second();
      await other.see();
      expect(await client.devices()).toMatchObject([{ id: other.device.id }]);
    });

    test.each(['a:b', '%', 'x y', 'revoked:1', '设备'])('may have any id: %j', async (id) => {
      const client = newClient();
      client.device.id = id;
      await client.addTurn('a');
      await client.see();
      expect(await client.devices()).toMatchObject([{ id }]);
      await client.revoke();
      expect(await client.see()).toBe(false);
    });
  });
}
