import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, SocketAddress } from 'node:net';

/** Peers whose `X-Forwarded-*` headers are believed. */
export interface TrustedProxies {
  includes(address: string): boolean;
}

/** What the program believes about where a request comes from and what the client asked for. */
export interface Origin {
  /** The client's IP address; undefined when the connection is gone. */
  address: string | undefined;
  /** `http` or `https`, as the client speaks it. */
  protocol: string;
  /** Host and port, as the client addressed it; undefined when it said none. */
  host: string | undefined;
}

/**
 * Addresses and networks (`10.0.0.0/8`, `fd00::/8`) whose headers are believed.
 * @throws TypeError when one is neither
 */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  const blocks = new BlockList();
  for (const entry of list) {
    const [address = '', bits, ...more] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const most = family === 'ipv6' ? 128 : 32;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (isIP(address) === 0 || address.includes('%') || more.length > 0 || prefix < 0 || prefix > most)
      throw new TypeError(`must be addresses or networks like 10.0.0.0/8, and ‘${entry}’ is neither`);
    blocks.addSubnet(address, prefix, family);
  }
  return {
    includes: (address) => blocks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  };
}

/**
 * Where a request comes from. Headers say it only when the connection comes from a trusted proxy, and then the
 * rightmost address that is not itself a trusted proxy is the client's: what stands left of it the client may have
 * written.
 */
export function originOf(incoming: IncomingMessage, trusted: TrustedProxies | undefined): Origin {
  const peer = plainAddress(incoming.socket.remoteAddress);
  const direct = { address: peer, protocol: 'http', host: incoming.headers.host };
  if (!trusted || peer === undefined || !trusted.includes(peer)) return direct;
  const { headers } = incoming;
  return {
    address: forwardedFor(listOf(headers['x-forwarded-for']), peer, trusted),
    protocol: lastOf(headers['x-forwarded-proto'])?.toLowerCase() === 'https' ? 'https' : 'http',
    host: lastOf(headers['x-forwarded-host']) ?? direct.host,
  };
}

function forwardedFor(hops: string[], peer: string, trusted: TrustedProxies): string {
  let client = peer;
  for (const hop of hops.toReversed()) {
    const address = plainAddress(withoutPort(hop));
    // A proxy that writes something else (`unknown`) knows no more than that it was asked.
    if (address === undefined) break;
    client = address;
    if (!trusted.includes(address)) break;
  }
  return client;
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}

function listOf(header: string | string[] | undefined): string[] {
  return (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return listOf(header).at(-1);
}

/** An IP address in its usual form, without a zone; IPv4 that is mapped into IPv6 as IPv4. Undefined for what is none. */
export function plainAddress(text: string | undefined): string | undefined {
  const [bare = ''] = (text ?? '').split('%');
  // Most are: this is asked for every request.
  if (isIP(bare) === 4) return bare;
  if (isIP(bare) === 0) return undefined;
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? address;
}

/** Whom an address counts for: a subscriber has a whole /64 of IPv6, or one address of IPv4. */
export function subscriberOf(address: string): string {
  const plain = plainAddress(address) ?? address;
  if (isIP(plain) !== 6) return plain;
  const [before, after] = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const left = before ?? [];
  const zeros = after ? Array<string>(8 - left.length - after.length).fill('0') : [];
  return `${[...left, ...zeros, ...(after ?? [])].slice(0, 4).join(':')}::/64`;
}
