import { joinGuest } from '@/lib/server/guests/join-guest';
import { ownerOf } from '@/lib/server/http/read-request';
import { handle, noContent, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Adds what this browser had as a guest to the account that has signed in. */
export const POST = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    const owner = await ownerOf(request, services);
    return noContent(...(await joinGuest(request, services, owner)));
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
