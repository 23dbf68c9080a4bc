import type { Settings } from '@/lib/server/env';

/** The RFC asks for less than a year, so that a server which nobody looks after is found out. */
const VALID_MS = 180 * 86_400_000;

/** `/.well-known/security.txt` (RFC 9116), valid from now on. Without a contact it says only that there is none. */
export function securityTxt({ securityContact }: Pick<Settings, 'securityContact'>, now: number): Response {
  const lines = [
    securityContact === null
      ? '# The owner of this server has not set a contact (SECURITY_CONTACT).'
      : `Contact: ${securityContact}`,
    `Expires: ${new Date(now + VALID_MS).toISOString().replace(/\.\d+Z$/, 'Z')}`,
    'Preferred-Languages: en, zh',
  ];
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
