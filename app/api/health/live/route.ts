import { answerLive } from '@/lib/server/health/health-answers';
import { handle, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Does not use the store: restarting the server would not bring it back. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, { anyHost: true }, async () => answerLive());

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
