import type { FeatureContext } from '#platform/feature/index.ts';
import { createAuthenticator, type Authenticate } from '../authenticator.ts';
import type { SessionOfCookie } from '../library/cookies.ts';
import { createAccessTokens, type AccessTokens } from './access-tokens.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

/** What decides who a request is from: one of it in a process. */
export interface Access {
  keys: SigningKeys;
  accessTokens: AccessTokens;
  authenticate: Authenticate;
}

export interface AccessOptions {
  /** Who access tokens say they are from: the address of this installation where it has one. */
  issuer: string | undefined;
  sessionOfCookie: SessionOfCookie;
}

export function createAccess(
  { database, signals, encryption, log }: FeatureContext,
  { issuer = 'famulus', sessionOfCookie }: AccessOptions,
): Access {
  const keys = createSigningKeys({ database, encryption });
  const accessTokens = createAccessTokens({ keys, issuer });
  const authenticate = createAuthenticator({
    db: database.system,
    signals,
    accessTokens,
    sessionOfCookie,
    onError: (error) => log.warn({ err: error }, 'the use of a credential could not be recorded'),
  });
  return { keys, accessTokens, authenticate };
}
