import type { SessionAnswer } from '@/lib/chat/wire';
import { ownerOf, readId } from '@/lib/server/http/read-request';
import { handle, json, otherMethods } from '@/lib/server/http/respond';
import { restoreSession } from '@/lib/server/sessions/change-session';

export const dynamic = 'force-dynamic';

/** Undoes the last delete or clear of a conversation. */
export const POST = (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  handle(request, {}, async (services) => {
    const sessionId = readId((await params).id);
    const owner = await ownerOf(request, services);
    return json<SessionAnswer>({ session: await restoreSession(services, { owner, sessionId }) });
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
