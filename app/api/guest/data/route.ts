import { deleteEverything } from '@/lib/server/guests/delete-everything';
import { endedCookies } from '@/lib/server/guests/sign-out';
import { ownerOf } from '@/lib/server/http/read-request';
import { handle, noContent, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Deletes everything of this guest at once, with no undo, and signs all devices out. */
export const DELETE = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    await deleteEverything(services, await ownerOf(request, services));
    return noContent(...(await endedCookies(request, services, { keepAccess: true })));
  });

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
