import { handle, json } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> =>
  handle(request, async ({ catalog }) => json({ models: catalog.list(), default: catalog.defaultModel() }));
