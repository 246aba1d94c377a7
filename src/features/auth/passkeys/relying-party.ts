import { isIP } from 'node:net';
import { AppError } from '#platform/errors/index.ts';
import type { RequestInfo } from '#platform/http/route.ts';

/** Whom passkeys are for: a domain, and the origin whose pages may ask for them. */
export interface RelyingParty {
  id: string;
  origin: string;
}

type Asked = Pick<RequestInfo, 'protocol' | 'host'>;

function addressOf({ protocol, host }: Asked, public_url: string | undefined): URL | null {
  return URL.parse(public_url ?? `${protocol}://${host ?? 'localhost'}`);
}

/** A passkey is for a name: browsers make none for a bare address (WebAuthn, 5.1.3). */
function isNamed({ hostname }: URL): boolean {
  return isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0;
}

/**
 * That of PUBLIC_URL; without it, of the address the browser speaks to.
 * @throws AppError `auth.bad_host`; 409 `auth.passkey_needs_name` for an IP address
 */
export function relyingPartyOf(request: Asked, public_url: string | undefined): RelyingParty {
  const url = addressOf(request, public_url);
  if (!url) {
    throw new AppError({
      code: 'auth.bad_host',
      kind: 'malformed',
      message: 'the Host of this request is no name that a passkey could be for',
    });
  }
  if (!isNamed(url)) {
    throw new AppError({
      code: 'auth.passkey_needs_name',
      kind: 'conflict',
      message: `a passkey is for a name, and ${url.hostname} is an address: open Famulus by a name, such as localhost on its own machine, or set PUBLIC_URL`,
    });
  }
  return { id: url.hostname, origin: url.origin };
}

/** Whether a browser that speaks to this address can have passkeys: they need a name, and https but on its own machine. */
export function arePasskeysPossible(request: Asked, public_url: string | undefined): boolean {
  const url = addressOf(request, public_url);
  if (!url || !isNamed(url)) return false;
  return url.protocol === 'https:' || /(?:^|\.)localhost$/.test(url.hostname);
}

/** EdDSA, ES256, RS256 (COSE): what authenticators have. Said outright, or the library would try out what Node has. */
export const algorithms = [-8, -7, -257];
