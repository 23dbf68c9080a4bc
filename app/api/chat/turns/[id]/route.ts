import type { UndoAnswer } from '@/lib/chat/wire';
import { ownerOf, readId, readQuery } from '@/lib/server/http/read-request';
import { queries } from '@/lib/server/http/request-schemas';
import { handle, json, otherMethods } from '@/lib/server/http/respond';
import { removeTurn } from '@/lib/server/turns/remove-turn';

export const dynamic = 'force-dynamic';

/** Deletes one turn; it can be restored for ten minutes. */
export const DELETE = (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  handle(request, {}, async (services) => {
    const turnId = readId((await params).id);
    const { sessionId } = readQuery(request, queries.session);
    const owner = await ownerOf(request, services);
    return json<UndoAnswer>(await removeTurn(services, { owner, sessionId, turnId }));
  });

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
