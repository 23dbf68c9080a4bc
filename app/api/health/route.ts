import type { HealthAnswer } from '@/lib/chat/wire';
import { readHealth } from '@/lib/server/health';
import { handle, json } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> =>
  handle(request, async (services) => {
    const health = await readHealth(services);
    return json<HealthAnswer>(health, { status: health.status === 'ok' ? 200 : 503 });
  });
