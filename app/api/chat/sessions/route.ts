import type { SessionsAnswer } from '@/lib/chat/wire';
import { guestOf, readQuery } from '@/lib/server/http/read-request';
import { queries } from '@/lib/server/http/request-schemas';
import { handle, json, otherMethods } from '@/lib/server/http/respond';
import { listSessions } from '@/lib/server/sessions/list-sessions';

export const dynamic = 'force-dynamic';

/** This guest's conversations, newest first, pinned ones on top. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    const query = readQuery(request, queries.sessions);
    const guest = await guestOf(request, services);
    if (!guest)
      return json<SessionsAnswer>({ sessions: [], total: 0, nextBefore: null, cookieMissing: true });
    return json<SessionsAnswer>(await listSessions(services, { owner: guest.owner, ...query }));
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
