import ipaddr from 'ipaddr.js';

/** What the operator lets through although it is not public. */
export interface AllowList {
  /** Whether a target is named: `host` as URLs have it, without brackets. Whatever it resolves to is let through. */
  namesHost(host: string, port: number): boolean;
  /** Whether an address is named, by itself, with the port, or within a network. */
  hasAddress(address: string, port: number): boolean;
}

interface Network {
  range: [ipaddr.IPv4 | ipaddr.IPv6, number];
  /** Undefined: every port. */
  port: number | undefined;
}

/**
 * Reads `host:port`, `address`, `address:port` and networks (`192.168.0.0/16`, `fd00::/8`).
 * @throws TypeError when an entry is none of them
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const networks: Network[] = [];
  for (const entry of entries) {
    const network = networkOf(entry);
    if (network) {
      networks.push(network);
      continue;
    }
    const { hostname, port } = targetOf(entry);
    const literal = networkOf(hostname);
    if (literal) networks.push({ ...literal, port });
    else hosts.add(`${hostname}:${port}`);
  }
  return {
    namesHost: (host, port) => hosts.has(`${host}:${port}`),
    hasAddress: (address, port) => {
      const parsed = ipaddr.parse(address);
      return networks.some(
        ({ range, port: only }) =>
          (only === undefined || only === port) &&
          range[0].kind() === parsed.kind() &&
          parsed.match(range[0], range[1]),
      );
    },
  };
}

function networkOf(text: string): Network | undefined {
  const bare = text.replace(/^\[(.+)\]$/, '$1');
  if (ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)) {
    const address = ipaddr.parse(bare);
    return { range: [address, address.kind() === 'ipv4' ? 32 : 128], port: undefined };
  }
  const isNetwork = ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);
  return isNetwork ? { range: ipaddr.parseCIDR(text), port: undefined } : undefined;
}

function targetOf(entry: string): { hostname: string; port: number } {
  const [, host, port] = /^([^\s/@?#]+):(\d{1,5})$/.exec(entry) ?? [];
  // The parser of URLs writes names as they come to be asked for: lower case, Punycode, addresses in full.
  const url = host === undefined ? null : URL.parse(`http://${host}/`);
  if (url && Number(port) >= 1 && Number(port) <= 65_535)
    return { hostname: url.hostname, port: Number(port) };
  throw new TypeError(
    `must be host:port, addresses or networks like 192.168.0.0/16, and ‘${entry}’ is none of them`,
  );
}
