import { enterCode } from '@/lib/server/access/enter-code';
import { readJson } from '@/lib/server/http/read-request';
import { parseAccess } from '@/lib/server/http/request-schemas';
import { handle, noContent, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Lets this browser in, if the access code is right. */
export const POST = (request: Request): Promise<Response> =>
  handle(request, { body: 'json' }, async (services) => {
    const { code } = parseAccess(await readJson(request));
    return noContent(await enterCode(request, services, code));
  });

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
