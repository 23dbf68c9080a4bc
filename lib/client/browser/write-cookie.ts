import { BASE_PATH } from '@/lib/chat/base-path';

const MAX_AGE_S = 400 * 24 * 60 * 60;

/** Stores a choice that the server needs to render the first paint. An empty value removes it. */
export function writeCookie(name: string, value: string): void {
  const maxAge = value === '' ? 0 : MAX_AGE_S;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain-http addresses
  document.cookie = `${name}=${encodeURIComponent(value)}; path=${BASE_PATH || '/'}; max-age=${maxAge}; samesite=lax`;
}
