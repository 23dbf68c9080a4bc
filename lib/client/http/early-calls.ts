/** What `early-calls-script.ts` asked the server for while the page's other scripts were still loading. */
export interface EarlyCalls {
  /** The answers by the path of the call; null if the server could not be reached. */
  answers: Record<string, Promise<Response | null>>;
}

declare global {
  var confabEarlyCalls: EarlyCalls | undefined;
}

const HISTORY = '/api/chat/history';

/** An older answer may be out of date. Milliseconds since the navigation. */
const MAX_AGE_MS = 20_000;

/**
 * The answer to exactly this call, once; null if there is none to use. The first history that the page asks for uses up
 * everything, whichever conversation it is of: a later call must see what happened meanwhile.
 */
export async function takeEarlyAnswer(path: string, signal: AbortSignal): Promise<Response | null> {
  const answers = globalThis.confabEarlyCalls?.answers;
  const answer = answers?.[path];
  if (path.startsWith(HISTORY) || performance.now() > MAX_AGE_MS) globalThis.confabEarlyCalls = undefined;
  else delete answers?.[path];
  if (!answer || performance.now() > MAX_AGE_MS) return null;
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const response = await Promise.race([answer, aborted]);
  return response?.ok ? response : null;
}
