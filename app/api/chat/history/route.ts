import type { HistoryAnswer, UndoAnswer } from '@/lib/chat/wire';
import { addressOf } from '@/lib/server/http/client-address';
import { guestOf, ownerOf, readQuery } from '@/lib/server/http/read-request';
import { queries } from '@/lib/server/http/request-schemas';
import { handle, json, otherMethods } from '@/lib/server/http/respond';
import { removeSession } from '@/lib/server/sessions/change-session';
import { noHistory, readHistory } from '@/lib/server/sessions/read-history';

export const dynamic = 'force-dynamic';

/** A page of a conversation. Another guest's session is like an unknown one: empty. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    const { sessionId, limit, before } = readQuery(request, queries.history);
    const guest = await guestOf(request, services);
    if (!guest) return json<HistoryAnswer>(noHistory(sessionId));
    return services.answers.count(addressOf(request, services.settings), async () =>
      json<HistoryAnswer>(await readHistory(services, { owner: guest.owner, sessionId }, { limit, before })),
    );
  });

/** Clears a conversation; it can be restored for ten minutes. */
export const DELETE = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    const { sessionId } = readQuery(request, queries.session);
    const owner = await ownerOf(request, services);
    return json<UndoAnswer>(await removeSession(services, { owner, sessionId }, 'clear'));
  });

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
