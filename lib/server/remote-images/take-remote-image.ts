import { hashedId } from '@/lib/server/limits/hashed-id';
import { refusalError } from '@/lib/server/limits/refusal-error';
import type { Services } from '@/lib/server/services';

const HOUR_MS = 3_600_000;
/** Whoever fetches needs no turn and no upload, so new guests are not counted: their address is. */
const GUESTS_PER_ADDRESS = 3;

/**
 * Takes one of the pictures of other sites that this guest, and its address, may have fetched in an hour, so that nobody
 * uses the server to flood another. `IMAGES_PER_HOUR` of them, counted apart from uploads.
 * @throws ChatError `rate_limited`, `store_unavailable`.
 */
export async function takeRemoteImage(
  { settings, store }: Pick<Services, 'settings' | 'store'>,
  { owner, address, now }: { owner: string; address: string; now: number },
): Promise<void> {
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
    now,
  });
  if (!isTaken) throw refusalError({ limit: 'remote_images', retryAfterMs: waitMs });
}
