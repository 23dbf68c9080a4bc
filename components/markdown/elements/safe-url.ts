const SCHEMES = ['http:', 'https:', 'mailto:'];

/**
 * The URL that a link of a reply may open, or null. Only absolute http, https and mailto URLs (a reply has no URL that a
 * relative one could refer to), and footnote links within the page (`#…`).
 */
export function safeUrl(href: string | undefined): string | null {
  if (href === undefined) return null;
  if (/^#[^\s]*$/.test(href)) return href;
  const url = parseUrl(href);
  return url && SCHEMES.includes(url.protocol) ? url.href : null;
}

/** The URL of an image that may be loaded on request, and the host to name; null if it must not be loaded. */
export function remoteImage(src: string | undefined): { url: string; host: string } | null {
  const url = src === undefined ? null : parseUrl(src);
  return url && (url.protocol === 'https:' || url.protocol === 'http:')
    ? { url: url.href, host: url.host }
    : null;
}

// `URL.parse` is missing in Safari 17.
const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
