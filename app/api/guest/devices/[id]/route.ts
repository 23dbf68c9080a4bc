import { ChatError } from '@/lib/chat/chat-error';
import { signOut } from '@/lib/server/guests/sign-out';
import { mustBeGuest, readId, readJson } from '@/lib/server/http/read-request';
import { parseDeviceChange } from '@/lib/server/http/request-schemas';
import { handle, noContent, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

interface Context {
  params: Promise<{ id: string }>;
}

/** Names a device. */
export const PATCH = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, { body: 'json' }, async (services) => {
    const deviceId = readId((await params).id);
    const { name } = parseDeviceChange(await readJson(request));
    const { owner } = await mustBeGuest(request, services);
    const isKnown = await services.store.renameDevice({ owner, deviceId, name, now: Date.now() });
    if (!isKnown) throw new ChatError('not_found');
    return noContent();
  });

/** Signs a device out; its cookie is refused from now on. */
export const DELETE = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, {}, async (services) => {
    const deviceId = readId((await params).id);
    const { owner, device } = await mustBeGuest(request, services);
    if (deviceId === device) return noContent(...(await signOut(request, services)));
    const isKnown = await services.store.revokeDevice({ owner, deviceId, now: Date.now() });
    if (!isKnown) throw new ChatError('not_found');
    return noContent();
  });

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
