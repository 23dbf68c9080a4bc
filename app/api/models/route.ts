import type { ModelsAnswer } from '@/lib/chat/wire';
import { handle, json } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> =>
  handle(request, async ({ catalog }) =>
    json<ModelsAnswer>({ models: catalog.list(), default: catalog.defaultModel() }),
  );
