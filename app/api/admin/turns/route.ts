import { switchTurns } from '@/lib/server/admin/admin-actions';
import { handle, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** The stop switch for new turns. */
export const POST = (request: Request): Promise<Response> =>
  handle(request, {}, (services) => switchTurns(request, services));

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
