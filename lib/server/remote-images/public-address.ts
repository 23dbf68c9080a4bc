import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses that are public by their range and still belong to the host's own network. */
const INTERNAL = new Set([
  // Azure's service for the machine itself.
  '168.63.129.16',
]);

/** The part of IPv6 that is given out for use on the public internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet. False for every range with a purpose of its own (loopback,
 * private, link-local, carrier-grade NAT, multicast, documentation …) and for the IPv6 ranges that carry an IPv4
 * address (mapped, 6to4, Teredo, NAT64): where these lead depends on the network.
 */
export function isPublicAddress(address: string): boolean {
  // `isIP` knows one way to write an IPv4 address; `ipaddr.js` also reads short and octal ones.
  if (isIP(address) === 0 || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || INTERNAL.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}
