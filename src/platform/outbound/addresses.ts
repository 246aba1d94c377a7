import ipaddr from 'ipaddr.js';

/** What ranges are called in a message; those that are not here are merely not public. */
const names: Record<string, string> = {
  loopback: 'an address of this machine',
  unspecified: 'an address of this machine',
  private: 'a private address',
  uniqueLocal: 'a private address',
  carrierGradeNat: 'a private address',
  linkLocal: 'a link-local address',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
  ipv4Mapped: 'an IPv4 address inside an IPv6 address',
  rfc6052: 'an IPv4 address inside an IPv6 address',
  rfc6145: 'an IPv4 address inside an IPv6 address',
  '6to4': 'an IPv4 address inside an IPv6 address',
  teredo: 'an IPv4 address inside an IPv6 address',
};

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * What keeps an IP address from being one of the public internet, in words that follow "is"; undefined when it is one.
 * Public is what ipaddr.js finds in none of IANA's special-purpose registries and, of IPv6, what lies in 2000::/3: all
 * else is unassigned, or leads to an IPv4 address in some old way (`::127.0.0.1`).
 */
export function whyNotPublic(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return 'not an IP address';
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range !== 'unicast') return names[range] ?? 'not a public address';
  return parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicast) ? 'not a public address' : undefined;
}
