import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ProxyUserSettings } from '@/lib/server/env';

/** The header in which the proxy proves that it set the other one. */
const SECRET_HEADER = 'x-confab-proxy-secret';
const KEY = randomBytes(32);
const hash = (text: string): Buffer => createHmac('sha256', KEY).update(text).digest();

/** The person that the proxy in front names; null if the request did not come through it, or names nobody. */
export function proxyUser(request: Request, { header, secret }: ProxyUserSettings): string | null {
  const proof = request.headers.get(SECRET_HEADER) ?? '';
  if (!timingSafeEqual(hash(proof), hash(secret))) return null;
  return request.headers.get(header)?.trim() || null;
}
