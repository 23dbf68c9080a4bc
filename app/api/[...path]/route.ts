import { ChatError } from '@/lib/chat/chat-error';
import { handle } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

/** Every address without a route of its own: 404, in JSON as everywhere in the API. */
const notFound = (request: Request): Promise<Response> =>
  handle(request, {}, async () => {
    throw new ChatError('not_found');
  });

export {
  notFound as DELETE,
  notFound as GET,
  notFound as OPTIONS,
  notFound as PATCH,
  notFound as POST,
  notFound as PUT,
};
