import { ChatError } from '@/lib/chat/errors';
import type { Guest } from '@/lib/server/identity/guest-cookie';
import type { Services } from '@/lib/server/services';
import type { DeviceClaim } from '@/lib/server/store/store';
import { deviceName } from './device-name';

export const claimOf = ({ device, issuedAt }: Guest): DeviceClaim => ({ id: device, issuedAt });

/** Whether the guest's device is still signed in. Notes that it was seen. */
export const isSignedIn = ({ store }: Services, guest: Guest, request: Request): Promise<boolean> =>
  store.seeDevice({
    owner: guest.owner,
    device: claimOf(guest),
    name: deviceName(request.headers.get('user-agent')),
    now: Date.now(),
  });

export const signedOut = (): ChatError =>
  new ChatError('unauthorized', { reason: 'signed_out', message: 'This browser was signed out.' });

/** @throws ChatError `unauthorized` if the guest's device was signed out. */
export async function checkDevice(services: Services, guest: Guest, request: Request): Promise<void> {
  if (!(await isSignedIn(services, guest, request))) throw signedOut();
}
