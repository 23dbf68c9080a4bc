import type { Guest } from '@/lib/server/identity/guest-cookie';
import { cookieValues, instanceCookie, isSameText, setCookie, signatureOf } from './signed-cookie';

const KIND = 'account';
/** A browser that is used stays signed in; one that is not used for this long has to sign in again. */
const MAX_AGE_S = 30 * 86_400;
const RENEW_AFTER_MS = 86_400_000;

export const accountCookieName = (secret: string, isSecure: boolean): string =>
  instanceCookie(KIND, secret, isSecure);

/** True of every account cookie, of this instance or of another one. */
export const isAccountCookie = (name: string): boolean => /^(__Host-)?confab_account_/.test(name);

/** The `Set-Cookie` header of a signed-in browser. The guest cookie stays beside it, for what may be joined. */
export function accountCookie({ owner, device, issuedAt }: Guest, secret: string, isSecure: boolean): string {
  const payload = `${owner}.${device}.${issuedAt}`;
  const value = `${payload}.${signatureOf(KIND, payload, secret)}`;
  return setCookie(accountCookieName(secret, isSecure), value, MAX_AGE_S);
}

/** The `Set-Cookie` headers that remove it. */
export const endedAccountCookies = (secret: string, isSecure: boolean): string[] => [
  setCookie(accountCookieName(secret, isSecure), '', 0),
];

/** The account in a request's cookies, or null if none of our secrets signed it, or it is too old. */
export function readAccount(
  cookies: string | null,
  secrets: readonly string[],
  { isSecure, now }: { isSecure: boolean; now: number },
): Guest | null {
  for (const secret of secrets) {
    // On https not the name of http: another host of the site could sign a person in as somebody else with it.
    const values = cookieValues(cookies, [accountCookieName(secret, isSecure)]);
    // Another host of the site may have added one.
    if (values.length > 1) return null;
    const match = /^(([\w-]{22})\.([\w-]{22})\.(\d{1,15}))\.([\w-]{43})$/.exec(values[0] ?? '');
    const [, payload, owner, device, issued, signature] = match ?? [];
    if (!payload || !owner || !device || !issued || !signature) continue;
    if (!isSameText(signatureOf(KIND, payload, secret), signature)) continue;
    const issuedAt = Number(issued);
    if (now - issuedAt < MAX_AGE_S * 1000) return { owner, device, issuedAt };
  }
  return null;
}

export const isAccountDue = ({ issuedAt }: Guest, now: number): boolean => now - issuedAt > RENEW_AFTER_MS;
