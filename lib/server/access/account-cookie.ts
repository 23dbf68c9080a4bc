import { instanceCookie, readSigned, setCookie, signedCookie } from '@/lib/server/http/signed-cookie';
import type { Guest } from '@/lib/server/identity/guest-cookie';

const KIND = 'account';
/** A browser that is not used for this long has to sign in again. */
const MAX_AGE_S = 30 * 86_400;

/** Whether this is the name of an account cookie, of this instance or of another one. */
export const isAccountCookie = (name: string): boolean => /^(__Host-)?confab_account_/.test(name);

/** The `Set-Cookie` header of a browser that is signed in to an account. */
export const accountCookie = (
  { owner, device, issuedAt }: Guest,
  secret: string,
  isSecure: boolean,
): string => signedCookie(KIND, `${owner}.${device}.${issuedAt}`, { secret, isSecure, maxAgeS: MAX_AGE_S });

/** The `Set-Cookie` header that removes it. */
export const endedAccountCookie = (secret: string, isSecure: boolean): string =>
  setCookie(instanceCookie(KIND, secret, isSecure), '', 0);

/** The account in a request's cookies, or null if none of our secrets signed it, or it is too old. */
export function readAccount(
  cookies: string | null,
  secrets: readonly string[],
  { isSecure, now }: { isSecure: boolean; now: number },
): Guest | null {
  const payload = readSigned(KIND, cookies, { secrets, isSecure });
  const [, owner, device, digits] = /^([\w-]{22})\.([\w-]{22})\.(\d{1,15})$/.exec(payload ?? '') ?? [];
  if (!owner || !device || !digits) return null;
  const issuedAt = Number(digits);
  return now - issuedAt < MAX_AGE_S * 1000 ? { owner, device, issuedAt } : null;
}
