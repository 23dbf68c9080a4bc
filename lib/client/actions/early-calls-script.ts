import { ASSISTANTS } from '@/lib/chat/assistants';
import { BASE_PATH } from '@/lib/chat/base-path';
import { PREFERENCES_KEY } from '../state/preferences-storage';

/**
 * A script for the start of the document. It asks for the conversation that the browser has open, or else for the newest
 * of the assistant, while the page's scripts are still loading. `takeEarlyAnswer` hands the answers to the page, by path:
 * the calls have to be written as `api.ts` writes them.
 */
export const earlyCallsScript = `(() => {
  let saved;
  try { saved = JSON.parse(localStorage.getItem(${literal(PREFERENCES_KEY)})).state; } catch {}
  const answers = {};
  const call = (path, query, read) => {
    path += '?' + new URLSearchParams(query);
    answers[path] = fetch(${literal(BASE_PATH)} + path, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual' })
      .then(read).catch(() => null);
  };
  const history = (sessionId) => call('/api/chat/history', { limit: 50, sessionId }, (answer) => answer);
  const assistantId = saved?.activeAssistantId ?? ${literal(ASSISTANTS[0]?.id ?? '')};
  const sessionId = saved?.sessionIds?.[assistantId];
  if (sessionId) history(sessionId);
  else call('/api/chat/sessions', { assistantId, limit: 1 }, async (answer) => {
    const [newest] = (await answer.clone().json()).sessions;
    if (newest) history(newest.id);
    return answer;
  });
  globalThis.confabEarlyCalls = { answers };
})()`.replace(/\n\s*/g, ' ');

/** A string as JavaScript in an HTML document. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('<', '\\u003c');
}
