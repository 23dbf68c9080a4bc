import type { SessionAnswer, UndoAnswer } from '@/lib/chat/wire';
import { ownerOf, readId, readJson } from '@/lib/server/http/read-request';
import { parseSessionChange } from '@/lib/server/http/request-schemas';
import { handle, json, otherMethods } from '@/lib/server/http/respond';
import { changeSession, removeSession } from '@/lib/server/sessions/change-session';

export const dynamic = 'force-dynamic';

interface Context {
  params: Promise<{ id: string }>;
}

/** Renames or pins a conversation, or sets its shown version or how long it is kept. */
export const PATCH = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, { body: 'json' }, async (services) => {
    const sessionId = readId((await params).id);
    const change = parseSessionChange(await readJson(request));
    const owner = await ownerOf(request, services);
    return json<SessionAnswer>({ session: await changeSession(services, { owner, sessionId }, change) });
  });

/** Deletes a conversation; it can be restored for ten minutes. */
export const DELETE = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, {}, async (services) => {
    const sessionId = readId((await params).id);
    const owner = await ownerOf(request, services);
    return json<UndoAnswer>(await removeSession(services, { owner, sessionId }, 'remove'));
  });

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
