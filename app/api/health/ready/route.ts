import { answerReady } from '@/lib/server/health/health-answers';
import { handle, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> => handle(request, { anyHost: true }, answerReady);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
