import { ChatError } from '@/lib/chat/chat-error';
import { addressOf } from '@/lib/server/http/client-address';
import { ownerOf, readQuery } from '@/lib/server/http/read-request';
import { queries } from '@/lib/server/http/request-schemas';
import { imageResponse } from '@/lib/server/http/respond';
import { hashedId } from '@/lib/server/limits/hashed-id';
import { refusalError } from '@/lib/server/limits/refusal-error';
import type { Services } from '@/lib/server/services';
import { HOUR_MS } from '@/lib/server/store/limits';
import { fetchRemoteImage } from './fetch-remote-image';
import { FetchSlots } from './fetch-slots';

/** Fetching needs no turn and no upload, so new guests cost nothing here: their address has a limit, too. */
const GUESTS_PER_ADDRESS = 3;

const slots = new FetchSlots();

/**
 * `GET /api/remote-image`: a picture of another site, fetched by this server.
 * @throws ChatError `not_found` if it fetches none, `forbidden` for a request that another site caused,
 * `rate_limited`, and as `fetchRemoteImage`.
 */
export async function answerRemoteImage(request: Request, services: Services): Promise<Response> {
  if (!services.settings.servesRemoteImages) throw new ChatError('not_found');
  if (!isFromOwnPage(request)) throw new ChatError('forbidden');
  const { url } = readQuery(request, queries.remoteImage);
  const owner = await ownerOf(request, services);
  const image = await slots.run(owner, async () => {
    await takeRemoteImage(services, owner, addressOf(request, services.settings));
    return fetchRemoteImage(url);
  });
  return imageResponse(request, image);
}

/** Stricter than the gate, which lets a GET of another site pass. A program sends no `Sec-Fetch-Site`. */
const isFromOwnPage = ({ headers }: Request): boolean =>
  (headers.get('sec-fetch-site') ?? 'same-origin') === 'same-origin';

/**
 * Counts one fetch for this guest and its address, so that nobody uses the server to flood another one. A guest may
 * fetch `IMAGES_PER_HOUR`, besides as many uploads.
 */
async function takeRemoteImage({ settings, store }: Services, owner: string, address: string): Promise<void> {
  const { imagesPerHour } = settings.limits;
  if (imagesPerHour === null) return;
  const rateOf = (id: string, count: number) => ({
    name: `remote-images:${hashedId(id)}`,
    rate: { count, periodMs: HOUR_MS },
  });
  const { isTaken, waitMs } = await store.takeRates({
    rates: [
      rateOf(`guest ${owner}`, imagesPerHour),
      rateOf(`address ${address}`, imagesPerHour * GUESTS_PER_ADDRESS),
    ],
    now: Date.now(),
  });
  if (!isTaken) throw refusalError({ limit: 'remote_images', retryAfterMs: waitMs });
}
