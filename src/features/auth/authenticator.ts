import { hashToken } from '#platform/crypto/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/index.ts';
import type { Caller, RequestInfo } from '#platform/http/route.ts';
import type { AccessTokens } from './access/access-tokens.ts';
import type { SessionOfCookie } from './library/cookies.ts';
import type { LiveSession } from './queries/sessions.ts';
import { findLiveSession, touchSession } from './sessions.ts';
import { selectLiveToken, touchToken } from './tokens/queries.ts';
import { scopesOfSession } from './tokens/scopes.ts';

/** What of a request tells who sends it. */
export type Credentials = Pick<RequestInfo, 'headers' | 'address'>;

export type Authenticate = (request: Credentials) => Caller | null | Promise<Caller | null>;

/** Answers are kept this long: what a lost signal failed to revoke is refused within it. */
const CACHE_MS = 2_000;
const CACHE_SIZE = 10_000;

export interface AuthenticatorOptions {
  /** The system role: before authentication there is no tenant. */
  db: Db;
  signals: Signals;
  accessTokens: Pick<AccessTokens, 'verify'>;
  sessionOfCookie: SessionOfCookie;
  /** A last use that could not be recorded. */
  onError?: (error: unknown) => void;
  /** Milliseconds that only grow. */
  clock?: () => number;
}

interface Found {
  caller: Caller;
  /** On `clock`, when the credential ends by itself; undefined: not within the cache's time. */
  ends_at?: number;
}

/**
 * Makes the function that finds out who sends a request: by API token, by access token, or by the cookie of a browser
 * session. A bearer token decides alone, whatever cookie comes with it. What is revoked opens nothing from the signal
 * `access` on, and two seconds later if that was lost.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticate {
  const { db, signals, accessTokens, sessionOfCookie, onError = () => {} } = options;
  const clock = options.clock ?? (() => performance.now());
  const known = new Map<string, { caller: Caller; until: number }>();
  const asked = new Map<string, Promise<Caller | null>>();
  signals.subscribe('access', forget);
  signals.subscribe('', forget);

  function forget(): void {
    known.clear();
    // Who asked before the change may have seen the state before it: nobody else gets that answer.
    asked.clear();
  }

  function remember(key: string, entry: { caller: Caller; until: number }): void {
    // The oldest makes room: the map keeps the order of entry.
    if (known.size >= CACHE_SIZE) known.delete(known.keys().next().value!);
    known.set(key, entry);
  }

  /** By the hash of a credential, so that no credential stands in memory. */
  function lookUp(
    key: string,
    find: () => Promise<Found | undefined>,
  ): Caller | null | Promise<Caller | null> {
    const askedAt = clock();
    const cached = known.get(key);
    if (cached && cached.until > askedAt) return cached.caller;
    known.delete(key);
    const underWay = asked.get(key);
    if (underWay) return underWay;
    const asking = find()
      .then((found) => {
        if (!found) return null;
        const { caller, ends_at = Infinity } = found;
        if (asked.get(key) === asking)
          remember(key, { caller, until: Math.min(askedAt + CACHE_MS, ends_at) });
        return caller;
      })
      .finally(() => {
        if (asked.get(key) === asking) asked.delete(key);
      });
    asked.set(key, asking);
    return asking;
  }

  async function byApiToken(hash: string): Promise<Found | undefined> {
    const found = await selectLiveToken(db, hash);
    if (!found) return undefined;
    const { token_id, user_id, scopes, is_use_stale } = found;
    if (is_use_stale) void touchToken(db, token_id).catch(onError);
    return { caller: { user_id, token_id, session_id: null, scopes } };
  }

  async function byAccessToken(token: string, address: string | undefined): Promise<Found | undefined> {
    const claims = await accessTokens.verify(token);
    if (!claims) return undefined;
    const session = await findLiveSession(db, claims.session_id);
    if (session?.user_id !== claims.user_id) return undefined;
    return { caller: inSession(session, address), ends_at: clock() + claims.left_ms };
  }

  async function byCookie(headers: Headers, address: string | undefined): Promise<Found | undefined> {
    const session = await sessionOfCookie(headers);
    return session && { caller: inSession(session, address) };
  }

  function inSession({ session_id, user_id, role, is_use_stale }: LiveSession, address: string | undefined) {
    if (is_use_stale) void touchSession(db, session_id, address).catch(onError);
    return { user_id, token_id: null, session_id, scopes: scopesOfSession(role) };
  }

  return ({ headers, address }) => {
    const authorization = headers.get('authorization');
    if (authorization !== null && /^Bearer\b/i.test(authorization)) {
      const token = authorization.slice('Bearer '.length);
      const key = hashToken(token);
      if (token.startsWith('fam_')) return lookUp(key, async () => await byApiToken(key));
      return lookUp(key, async () => await byAccessToken(token, address));
    }
    const cookie = headers.get('cookie');
    if (cookie === null) return null;
    return lookUp(hashToken(`cookie ${cookie}`), async () => await byCookie(headers, address));
  };
}
