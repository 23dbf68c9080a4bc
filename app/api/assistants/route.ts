import { ASSISTANTS } from '@/lib/chat/assistants';
import { negotiateLanguage } from '@/lib/chat/language';
import { stringsFor } from '@/lib/chat/strings';
import type { AssistantsAnswer } from '@/lib/chat/wire';
import { handle, json, otherMethods } from '@/lib/server/http/respond';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async () => {
    const strings = stringsFor(negotiateLanguage(request.headers.get('accept-language'))).assistants;
    const assistants = ASSISTANTS.map(({ id, icon, color, hue }) => {
      const { name, description, greeting, suggestions } = strings[id];
      const text = `${greeting.title} ${greeting.text}`;
      return { id, name, description, icon, color, hue, greeting: text, suggestions, builtIn: true };
    });
    const response = json<AssistantsAnswer>({ assistants });
    response.headers.set('vary', 'accept-language');
    return response;
  });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
