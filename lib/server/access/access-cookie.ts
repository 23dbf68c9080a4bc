import { readCookies } from '@/lib/server/http/read-cookies';
import { instanceCookie, LONGEST_AGE_S, setCookie, signatureOf } from '@/lib/server/http/signed-cookie';
import { isSameSecret } from '@/lib/server/is-same-secret';

const KIND = 'access';

/** A browser that was let in, by the access code that was entered in it. */
export interface Access {
  code: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
}

/** What signs and reads the cookie. The first secret signs. */
export interface AccessKeys {
  codes: readonly string[];
  secrets: readonly [string, ...string[]];
}

/** The `Set-Cookie` header that lets a browser in. The code is part of the signature, so a changed code locks out. */
export function accessCookie(
  { code, issuedAt }: Access,
  { secrets: [secret] }: AccessKeys,
  isSecure: boolean,
): string {
  const value = `${issuedAt}.${sign(issuedAt, code, secret)}`;
  return setCookie(instanceCookie(KIND, secret, isSecure), value, LONGEST_AGE_S);
}

/** The `Set-Cookie` header that removes the cookie. */
export const endedAccessCookie = ({ secrets: [secret] }: AccessKeys, isSecure: boolean): string =>
  setCookie(instanceCookie(KIND, secret, isSecure), '', 0);

/** The access in a request's cookies; null if it is too old, or not signed by one of our secrets and current codes. */
export function readAccess(
  cookies: string | null,
  { codes, secrets }: AccessKeys,
  now: number,
): Access | null {
  const sent = readCookies(cookies);
  for (const secret of secrets) {
    const values = [true, false].flatMap(
      (isSecure) => sent.get(instanceCookie(KIND, secret, isSecure)) ?? [],
    );
    for (const value of values) {
      const [, digits, signature] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
      if (!digits || !signature) continue;
      const issuedAt = Number(digits);
      const code = codes.find((one) => isSameSecret(signature, sign(issuedAt, one, secret)));
      if (code !== undefined && now - issuedAt < LONGEST_AGE_S * 1000) return { code, issuedAt };
    }
  }
  return null;
}

const sign = (issuedAt: number, code: string, secret: string): string =>
  signatureOf(KIND, `${issuedAt}.${code}`, secret);
