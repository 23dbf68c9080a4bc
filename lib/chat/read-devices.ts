import type { Device } from './device';
import { flag, listOf, number, objectOf, optional, text } from './json-reader';
import type { DevicesAnswer } from './wire';

/** Beside `read-wire.ts`, because only a dialog that loads later reads it. */
export const readDevices = objectOf<DevicesAnswer>({
  devices: listOf(
    objectOf<Device>({ id: text, name: text, createdAt: number, lastSeenAt: number, current: flag }),
  ),
  hasAccount: optional(flag),
});
