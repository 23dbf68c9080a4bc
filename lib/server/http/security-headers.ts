import table from './security-headers.json';

/**
 * The headers of every response. The table is JSON, because `next.config.mjs` and the front server read it too.
 * - `everywhere`: no guessing of types, no frames, no referrer for other sites, no window or resource shared with
 *   them, and of the browser's devices only the microphone, for dictation.
 * - `https`: a browser that came by https once never comes by http again. Not for subdomains: they may be others'.
 * - `page`: what no page of ours needs; `proxy.ts` replaces it with the policy of the page.
 * - `data`: for JSON, events and errors, which load nothing.
 */
export const SECURITY_HEADERS: Record<keyof typeof table, Record<string, string>> = table;

/** Adds the headers of an answer of the API. One that has a policy of its own keeps it. */
export function secureResponse(response: Response, https: boolean): Response {
  const { everywhere, data } = SECURITY_HEADERS;
  const headers = { ...everywhere, ...data, ...(https && SECURITY_HEADERS.https) };
  for (const [name, value] of Object.entries(headers))
    if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}
