import type { DevicesAnswer } from '@/lib/chat/wire';
import { listDevices } from '@/lib/server/guests/list-devices';
import { signOut } from '@/lib/server/guests/sign-out';
import { guestOf } from '@/lib/server/http/read-request';
import { handle, json, noContent, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** The devices of this guest. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    const guest = await guestOf(request, services);
    return json<DevicesAnswer>(guest ? await listDevices(services, guest, request) : { devices: [] });
  });

/** Signs this browser out. */
export const DELETE = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => noContent(...(await signOut(request, services))));

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
