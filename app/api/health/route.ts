import type { HealthAnswer } from '@/lib/chat/wire';
import { readHealth } from '@/lib/server/health';
import { handle, json, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> =>
  handle(request, { anyHost: true }, async (services) => {
    const health = await readHealth(services);
    return json<HealthAnswer>(health, { status: health.status === 'ok' ? 200 : 503 });
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
