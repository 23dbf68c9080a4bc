import { isIP } from 'node:net';
import type { Settings } from '@/lib/server/env';

/** The front server (`scripts/front-server.mjs`) puts the client's address here, in place of what the client sent. */
const ADDRESS_HEADER = 'x-confab-address';

/** Set by the front server in its own process. Without it, as on Vercel, anybody can write the header above. */
const FRONT_SERVER = Symbol.for('confab.front-server');
type Shared = typeof globalThis & { [FRONT_SERVER]?: true };

/**
 * The address of a request, as limits count it: an IPv4 address, or the /64 network of an IPv6 address, which is what
 * one customer gets. Behind our own proxies it is the address that the outermost of them saw; whatever a client
 * writes into `X-Forwarded-For` stands to the left of that. `unknown` if there is none.
 */
export function addressOf(request: Request, { trustProxy }: Pick<Settings, 'trustProxy'>): string {
  const shared: Shared = globalThis;
  const forwarded = request.headers.get('x-forwarded-for');
  const address = shared[FRONT_SERVER]
    ? request.headers.get(ADDRESS_HEADER)
    : forwarded?.split(',').at(-Math.max(trustProxy, 1));
  return networkOf(address?.trim() ?? '') ?? 'unknown';
}

/** The IPv4 address, or the /64 network of an IPv6 address; null for anything else. */
export function networkOf(address: string): string | null {
  const plain = address.replace(/^\[|\](:\d+)?$/g, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) === 4) return plain;
  if (isIP(plain) !== 6) return null;
  const [before = '', after] = (plain.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = before === '' ? [] : before.split(':');
  const rest = after ? after.split(':') : [];
  const zeros = after === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
