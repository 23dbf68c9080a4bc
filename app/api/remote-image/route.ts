import { handle, otherMethods } from '@/lib/server/http/respond';
import { answerRemoteImage } from '@/lib/server/remote-images/answer-remote-image';

export const dynamic = 'force-dynamic';

/** A picture of another site, fetched by this server. The browser keeps it, so it is fetched once. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, (services) => answerRemoteImage(request, services));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
