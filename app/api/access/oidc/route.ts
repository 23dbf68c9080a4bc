import { startSignIn } from '@/lib/server/access/sign-in';
import { handle, otherMethods, redirectTo } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Sends the browser to the OIDC provider. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => redirectTo(await startSignIn(request, services)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
