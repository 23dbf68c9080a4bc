import type { SessionsAnswer } from '@/lib/chat/wire';
import { countJoinable } from '@/lib/server/guests/join-guest';
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
    const [page, joinable] = await Promise.all([
      listSessions(services, { owner: guest.owner, ...query }),
      countJoinable(request, services),
    ]);
    return json<SessionsAnswer>({ ...page, ...(joinable > 0 && { joinable }) });
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
