import type { TurnAnswer } from '@/lib/chat/wire';
import { ownerOf, readId, readQuery } from '@/lib/server/http/read-request';
import { queries } from '@/lib/server/http/request-schemas';
import { handle, json, otherMethods } from '@/lib/server/http/respond';
import { restoreTurn } from '@/lib/server/turns/remove-turn';

export const dynamic = 'force-dynamic';

/** Undoes the delete of a turn. */
export const POST = (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  handle(request, {}, async (services) => {
    const turnId = readId((await params).id);
    const { sessionId } = readQuery(request, queries.session);
    const owner = await ownerOf(request, services);
    return json<TurnAnswer>({ turn: await restoreTurn(services, { owner, sessionId, turnId }) });
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
