import { ChatError } from '@/lib/chat/chat-error';
import { addressOf } from '@/lib/server/http/client-address';
import { ownerOf, readQuery } from '@/lib/server/http/read-request';
import { queries } from '@/lib/server/http/request-schemas';
import { handle, imageResponse, otherMethods } from '@/lib/server/http/respond';
import { fetchRemoteImage } from '@/lib/server/remote-images/fetch-remote-image';
import { FetchSlots } from '@/lib/server/remote-images/fetch-slots';
import { isOfOwnPage } from '@/lib/server/remote-images/own-page';
import { takeRemoteImage } from '@/lib/server/remote-images/take-remote-image';

export const dynamic = 'force-dynamic';

const slots = new FetchSlots();

/** A picture of another site, fetched by this server. The browser keeps it, so it is fetched once. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    if (!services.settings.servesRemoteImages) throw new ChatError('not_found');
    if (!isOfOwnPage(request)) throw new ChatError('forbidden');
    const { url } = readQuery(request, queries.remoteImage);
    const owner = await ownerOf(request, services);
    const image = await slots.run(owner, async () => {
      const address = addressOf(request, services.settings);
      await takeRemoteImage(services, { owner, address, now: Date.now() });
      return fetchRemoteImage(url);
    });
    return imageResponse(request, image);
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
