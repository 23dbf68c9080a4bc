const SCHEMES = ['http:', 'https:', 'mailto:'];

/**
 * The address a link of a reply may open, or null: only http, https and mailto, and only absolute ones (a reply has
 * no place of its own to be relative to). In-page footnote links (`#…`) are let through.
 */
export function safeUrl(href: string | undefined): string | null {
  if (href === undefined) return null;
  if (/^#[^\s]*$/.test(href)) return href;
  const url = parsed(href);
  return url && SCHEMES.includes(url.protocol) ? url.href : null;
}

/** A remote picture that may be loaded when the reader asks: its address and the host to say. */
export function remoteImage(src: string | undefined): { url: string; host: string } | null {
  const url = src === undefined ? null : parsed(src);
  return url && (url.protocol === 'https:' || url.protocol === 'http:')
    ? { url: url.href, host: url.host }
    : null;
}

// `URL.parse` is missing in Safari 17.
const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
