import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses in a public range that nevertheless belong to the host's own network. */
const INTERNAL = new Set([
  // Azure's service for the machine itself.
  '168.63.129.16',
]);

/** The part of IPv6 that is assigned to the public internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address belongs to the public internet. False for every special range (loopback, private, link-local,
 * carrier-grade NAT, multicast, documentation …) and for IPv6 ranges that contain an IPv4 address (mapped, 6to4,
 * Teredo, NAT64), because the network decides where these lead.
 */
export function isPublicAddress(address: string): boolean {
  // `isIP` accepts only the usual form of an IPv4 address; `ipaddr.js` also reads short and octal ones.
  if (isIP(address) === 0 || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || INTERNAL.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}
