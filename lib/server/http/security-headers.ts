import table from './security-headers.json';

/**
 * The headers of every response. The table is JSON, because `next.config.mjs` and the front server read it too.
 * - `everywhere`: no type guessing, no framing, no referrer, window or resource for other sites, and no device but
 *   the microphone, for dictation.
 * - `https`: a browser that has come by https does not come by http again. Subdomains are left out: they may be
 *   another owner's.
 * - `page`: the least that every page may have; `proxy.ts` replaces it with the full policy of the page.
 * - `data`: for JSON, events and errors, which load nothing.
 */
export const SECURITY_HEADERS: Record<keyof typeof table, Record<string, string>> = table;

/** Adds the headers of an API answer, except those that it has already. */
export function secureResponse(response: Response, https: boolean): Response {
  const { everywhere, data } = SECURITY_HEADERS;
  const headers = { ...everywhere, ...data, ...(https && SECURITY_HEADERS.https) };
  for (const [name, value] of Object.entries(headers))
    if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}
