import type { DevicesAnswer } from '@/lib/chat/wire';
import { hasAccounts } from '@/lib/server/access/account';
import type { Guest } from '@/lib/server/identity/guest-cookie';
import type { Services } from '@/lib/server/services';
import { deviceName } from './device-name';

/** The devices of a guest, this one first, even if the store has no record of it yet. */
export async function listDevices(
  { store, settings }: Services,
  guest: Guest,
  request: Request,
): Promise<DevicesAnswer> {
  const now = Date.now();
  const stored = await store.devices({ owner: guest.owner, now });
  const own = stored.find(({ id }) => id === guest.device) ?? {
    id: guest.device,
    name: deviceName(request.headers.get('user-agent')),
    createdAt: guest.issuedAt,
  };
  const others = stored.filter(({ id }) => id !== guest.device);
  return {
    ...(hasAccounts(settings) && { hasAccount: true }),
    devices: [
      { ...own, lastSeenAt: now, current: true },
      ...others.map((device) => ({ ...device, current: false })),
    ],
  };
}
