import { ChatError } from '@/lib/chat/chat-error';
import type { Guest } from '@/lib/server/identity/guest-cookie';
import type { Services } from '@/lib/server/services';
import type { DeviceClaim } from '@/lib/server/store/store';
import { deviceName } from './device-name';

/** undefined for a person whom a proxy names and whose browser has no cookie of ours yet. */
export const claimOf = ({ device, issuedAt }: Guest): DeviceClaim | undefined =>
  device === '' ? undefined : { id: device, issuedAt };

/** Whether the guest's device is still signed in. Also records that it was used. */
export async function isSignedIn(
  { store, secret }: Services,
  guest: Guest,
  request: Request,
): Promise<boolean> {
  const device = claimOf(guest);
  if (!device) return true;
  const name = deviceName(request.headers.get('user-agent'));
  return store.seeDevice({ owner: guest.owner, device, name, secrets: secret.made, now: Date.now() });
}

export const signedOut = (): ChatError =>
  new ChatError('unauthorized', { reason: 'signed_out', message: 'This browser was signed out.' });

/** @throws ChatError `unauthorized` if the guest's device was signed out. */
export async function checkDevice(services: Services, guest: Guest, request: Request): Promise<void> {
  if (!(await isSignedIn(services, guest, request))) throw signedOut();
}
