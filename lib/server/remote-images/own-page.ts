/**
 * Whether a request comes from this server's own page, or from a program. Another site must not make this server fetch
 * something as its visitor, not even by a link.
 */
export const isOfOwnPage = (request: Request): boolean =>
  (request.headers.get('sec-fetch-site') ?? 'same-origin') === 'same-origin';
