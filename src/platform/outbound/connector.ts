import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { AppError } from '#platform/errors/index.ts';
import { whyNotPublic } from './addresses.ts';
import type { AllowList } from './allow-list.ts';
import { refused } from './failures.ts';

/** One answer of the resolver. */
export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a name, IPv4 and IPv6. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** As the rest of the machine does it: the hosts file, then DNS. */
export const resolveWithSystem: Resolve = async (hostname) =>
  await systemLookup(hostname, { all: true, order: 'verbatim' });

/** Where connections may lead, and how they come about. */
export interface Doorkeeper {
  allow: AllowList;
  resolve: Resolve;
  /** For the look-up, and again for the connection. */
  connect_ms: number;
}

/**
 * Makes connections for undici. A name is looked up once, all that it resolves to is checked, and the socket is given
 * just those addresses: an answer that changes afterwards changes nothing.
 *
 * @throws (by the callback) AppError `outbound.refused`
 */
export function guardedConnector(
  build: typeof buildConnector,
  { allow, resolve, connect_ms }: Doorkeeper,
): buildConnector.connector {
  const lookUp = async (host: string): Promise<ResolvedAddress[]> => {
    const family = isIP(host);
    if (family !== 0) return [{ address: host, family }];
    const late = AbortSignal.timeout(connect_ms);
    return await Promise.race([
      resolve(host),
      new Promise<never>((_resolve, reject) => {
        late.addEventListener('abort', () => reject(lookupTooSlow(host, connect_ms)));
      }),
    ]);
  };
  const checkedAddresses = async (host: string, port: number): Promise<ResolvedAddress[]> => {
    const addresses = await lookUp(host);
    if (addresses.length === 0) throw refused(`${host} resolves to no address`);
    if (allow.namesHost(host, port)) return addresses;
    for (const { address } of addresses) {
      const why = whyNotPublic(address);
      if (why === undefined || (isIP(address) !== 0 && allow.hasAddress(address, port))) continue;
      throw refused(refusal(host, port, why));
    }
    return addresses;
  };
  return (options, settle) => {
    const host = options.hostname.replace(/^\[(.+)\]$/, '$1');
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    void checkedAddresses(host, port).then(
      (addresses) => {
        const connect = build({ allowH2: false, timeout: connect_ms, lookup: pinned(addresses) });
        connect({ ...options, hostname: host }, settle);
      },
      (error: unknown) => settle(error as Error, null),
    );
  };
}

function refusal(host: string, port: number, why: string): string {
  const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const what = isIP(host) === 0 ? `${host} leads to ${why}` : `${host} is ${why}`;
  return `${what}, which is not called from here unless the operator allows it (OUTBOUND_ALLOW=${target})`;
}

function lookupTooSlow(host: string, ms: number): AppError {
  return new AppError({
    code: 'outbound.timeout',
    kind: 'unavailable',
    message: `The name ${host} could not be looked up within ${ms / 1_000} s`,
  });
}

/** A look-up that knows the answer. */
function pinned(addresses: ResolvedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}
