import { ChatError } from '@/lib/chat/chat-error';
import { ownerOf, readId } from '@/lib/server/http/read-request';
import { handle, imageResponse, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

interface Context {
  params: Promise<{ id: string }>;
}

/** The bytes of an image, for its owner. */
export const GET = (request: Request, { params }: Context): Promise<Response> =>
  handle(request, {}, async (services) => {
    const imageId = readId((await params).id);
    const owner = await ownerOf(request, services);
    const image = await services.store.image({ owner, imageId, now: Date.now() });
    if (!image) throw new ChatError('not_found');
    return imageResponse(request, image);
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
