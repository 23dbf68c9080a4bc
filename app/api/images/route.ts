import { IMAGE_BYTES } from '@/lib/chat/image-limits';
import { megabytes } from '@/lib/chat/strings/format';
import type { ImageAnswer } from '@/lib/chat/wire';
import { checkDevice, claimOf } from '@/lib/server/guests/check-device';
import { addressOf } from '@/lib/server/http/client-address';
import { readBytes } from '@/lib/server/http/read-request';
import { handle, json, otherMethods } from '@/lib/server/http/respond';
import { identify } from '@/lib/server/identity/identify';
import { storeUpload } from '@/lib/server/images/store-upload';

export const dynamic = 'force-dynamic';

/**
 * Stores an image that a send can refer to by its id. The body is the file itself; its content type is
 * ignored.
 */
export const POST = (request: Request): Promise<Response> =>
  handle(request, { body: 'bytes' }, async (services) => {
    const bytes = await readBytes(request, IMAGE_BYTES, {
      reason: 'image_bytes',
      message: `The image is larger than ${megabytes(IMAGE_BYTES)} MB.`,
    });
    const { guest, setCookie } = await identify(request, services, Date.now());
    await checkDevice(services, guest, request);
    const address = addressOf(request, services.settings);
    const stored = await storeUpload(services, guest.owner, bytes, address, claimOf(guest));
    return json<ImageAnswer>(stored, { status: 201, setCookie });
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
