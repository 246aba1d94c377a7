import type { JWTPayload } from 'jose';
import { newId } from '#platform/ids/index.ts';
import type { SigningKeys } from './signing-keys.ts';

/** How long an access token holds: revoking what it is of ends it at once, so this is no more than a bound. */
const LIFETIME_S = 600;
/** How far the clocks of two machines may lie apart. */
const TOLERANCE_S = 5;
const AUDIENCE = 'famulus-api';
/** RFC 9068: so that no other token of ours is ever taken for one. */
const TYPE = 'at+jwt';
const ALGORITHM = 'EdDSA';

export interface AccessTokenOf {
  user_id: string;
  session_id: string;
}

export interface AccessTokens {
  /** A signed token (RFC 7519, 9068), and how many seconds it holds. */
  issue(of: AccessTokenOf): Promise<{ access_token: string; expires_in: number }>;
  /** Whose it is, and for how many ms more; undefined when anything about it is not as we make them. */
  verify(token: string): Promise<(AccessTokenOf & { left_ms: number }) | undefined>;
}

/** jose is loaded with the first token. */
const jose = async () => await import('jose');

export function createAccessTokens({
  keys,
  issuer,
  now = () => Date.now(),
}: {
  keys: Pick<SigningKeys, 'inUse' | 'find'>;
  issuer: string;
  /** Milliseconds since 1970. */
  now?: () => number;
}): AccessTokens {
  return {
    issue: async ({ user_id, session_id }) => {
      const { SignJWT } = await jose();
      const { kid, key } = await keys.inUse();
      const iat = Math.floor(now() / 1_000);
      const access_token = await new SignJWT({ sid: session_id })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(user_id)
        .setJti(newId())
        .setIssuedAt(iat)
        .setExpirationTime(iat + LIFETIME_S)
        .sign(key);
      return { access_token, expires_in: LIFETIME_S };
    },
    verify: async (token) => {
      // Most of what is no token of ours costs no more than this.
      if (token.length > 2_048 || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
      if (!isCanonical(token.slice(token.lastIndexOf('.') + 1))) return undefined;
      const { jwtVerify, errors } = await jose();
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = kid === undefined ? undefined : await keys.find(kid);
            if (!key) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          {
            algorithms: [ALGORITHM],
            typ: TYPE,
            issuer,
            audience: AUDIENCE,
            requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
            maxTokenAge: LIFETIME_S,
            clockTolerance: TOLERANCE_S,
            currentDate: new Date(now()),
          },
        );
        return claimsOf(payload, now());
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

/** The last character has bits to spare: one changed there would be another token with the same signature. */
function isCanonical(base64url: string): boolean {
  return Buffer.from(base64url, 'base64url').toString('base64url') === base64url;
}

function claimsOf({ sub, sid, exp }: JWTPayload, now: number) {
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') return undefined;
  return { user_id: sub, session_id: sid, left_ms: (exp + TOLERANCE_S) * 1_000 - now };
}
