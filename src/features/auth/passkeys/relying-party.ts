import { AppError } from '#platform/errors/index.ts';
import type { RequestInfo } from '#platform/http/route.ts';

/** Whom passkeys are for: a domain, and the origin whose pages may ask for them. */
export interface RelyingParty {
  id: string;
  origin: string;
}

/** That of PUBLIC_URL; without it, of the address the browser speaks to. @throws AppError `auth.bad_host` */
export function relyingPartyOf(
  { protocol, host }: Pick<RequestInfo, 'protocol' | 'host'>,
  public_url: string | undefined,
): RelyingParty {
  const url = URL.parse(public_url ?? `${protocol}://${host ?? 'localhost'}`);
  if (url) return { id: url.hostname, origin: url.origin };
  throw new AppError({
    code: 'auth.bad_host',
    kind: 'malformed',
    message: 'the Host of this request is no name that a passkey could be for',
  });
}

/** EdDSA, ES256, RS256 (COSE): what authenticators have. Said outright, or the library would try out what Node has. */
export const algorithms = [-8, -7, -257];
