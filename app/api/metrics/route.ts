import { requireAdminToken } from '@/lib/server/admin/admin-token';
import { handle, otherMethods } from '@/lib/server/http/respond';
import { METRICS_TYPE, metricsText } from '@/lib/server/metrics/metrics';

export const dynamic = 'force-dynamic';

/** The metrics of this process, for Prometheus. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, { anyHost: true }, async (services) => {
    await requireAdminToken(request, services);
    return new Response(metricsText(), {
      headers: { 'cache-control': 'no-store', 'content-type': METRICS_TYPE },
    });
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
