import { ownerOf, queries, readId, readQuery } from '@/lib/server/http/read-request';
import { handle, json } from '@/lib/server/http/respond';
import { removeTurn } from '@/lib/server/turns/change-turn';

export const dynamic = 'force-dynamic';

/** Deletes one turn; it can be restored for ten minutes. */
export const DELETE = (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  handle(request, async (services) => {
    const turnId = readId((await params).id);
    const { sessionId } = readQuery(request, queries.session);
    const owner = await ownerOf(request, services);
    return json(await removeTurn(services, { owner, sessionId, turnId }));
  });
