import type { ModelsAnswer } from '@/lib/chat/wire';
import { handle, json, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async ({ catalog }) =>
    json<ModelsAnswer>({ models: catalog.list(), default: catalog.defaultModel() }),
  );

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
