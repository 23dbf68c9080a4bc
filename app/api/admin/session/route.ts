import { changeAdminSession } from '@/lib/server/admin/admin-actions';
import { handle, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Opens and ends an admin session. */
export const POST = (request: Request): Promise<Response> =>
  handle(request, {}, (services) => changeAdminSession(request, services));

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
