import { BASE_PATH } from '@/lib/chat/base-path';

const TRY = 'confab_try=1';

/**
 * False if the browser blocks the cookies of this site. Tried with a cookie, because Chromium calls cookies enabled even
 * where its settings block them.
 */
export function keepsCookies(): boolean {
  const scope = `path=${BASE_PATH || '/'}; samesite=lax`;
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain-http addresses
    document.cookie = `${TRY}; ${scope}`;
    const isKept = document.cookie.includes(TRY);
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    document.cookie = `${TRY}; ${scope}; max-age=0`;
    return isKept;
  } catch {
    // A sandboxed frame refuses even to be asked.
    return false;
  }
}
