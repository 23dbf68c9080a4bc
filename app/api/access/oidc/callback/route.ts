import { finishSignIn } from '@/lib/server/access/sign-in';
import { handle, otherMethods, redirectTo } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Where the OIDC provider sends the browser back to. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => redirectTo(await finishSignIn(request, services)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
