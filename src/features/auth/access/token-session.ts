import { hashToken, newOneTimeToken } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Device } from '../device.ts';
import { holdSignInUser, type SignInUser } from '../queries/accounts.ts';
import { createSession, endSession, type NewSession } from '../sessions.ts';
import { badCredentials } from '../sign-in.ts';
import type { AccessTokens } from './access-tokens.ts';
import { insertRefreshToken, rotateRefreshToken, selectRefreshToken } from './queries.ts';

const DAY_MS = 86_400_000;
/** A session ends when it was not used for a month, and after three in any case. */
const LIFETIME = { idle_ms: 30 * DAY_MS, total_ms: 90 * DAY_MS };

export interface TokenPair {
  access_token: string;
  refresh_token: string;
  token_type: 'Bearer';
  expires_in: number;
}

/** The sessions of programs: an access token for minutes, and a refresh token for the next pair, used once. */
export interface TokenSessions {
  /** @throws AppError `auth.bad_credentials` when what was found right has changed since */
  open(of: { user: SignInUser; device: Device; method: NewSession['method'] }): Promise<TokenPair>;
  /**
   * The next pair for a refresh token. One that was used before ends its session: either its owner or a thief has the
   * newer one, and nobody can tell who.
   * @throws AppError 401 `auth.bad_refresh_token`, `auth.refresh_token_reused`
   */
  refresh(refreshToken: string): Promise<TokenPair>;
  /** Ends the session of a refresh token, used or not; nothing when there is none. */
  close(refreshToken: string): Promise<void>;
}

export function createTokenSessions({
  database,
  accessTokens,
}: {
  database: Database;
  accessTokens: Pick<AccessTokens, 'issue'>;
}): TokenSessions {
  function newRefreshToken() {
    const { token, hash } = newOneTimeToken('refresh');
    return { refresh_token: token, row: { id: newId(), token_hash: hash } };
  }

  async function pair(of: { user_id: string; session_id: string }, refresh_token: string) {
    const { access_token, expires_in } = await accessTokens.issue(of);
    return { access_token, refresh_token, token_type: 'Bearer' as const, expires_in };
  }

  /** Whether the token had been used, and its session ended for that. */
  async function endIfUsed(hash: string): Promise<boolean> {
    return await database.asSystem(async (tx) => {
      const token = await selectRefreshToken(tx.db, hash);
      if (!token?.is_used) return false;
      const { user_id, family } = token;
      await endSession(tx, { user_id, session_id: family, reason: 'refresh_reused' });
      return true;
    });
  }

  return {
    open: async ({ user, device, method }) => {
      const { id: user_id } = user;
      const { refresh_token, row } = newRefreshToken();
      const session_id = await database.asSystem(async (tx) => {
        if (!(await holdSignInUser(tx.db, user))) throw badCredentials();
        const lifetime_ms = LIFETIME.idle_ms;
        const session = await createSession(tx, { user_id, kind: 'token', device, lifetime_ms, method });
        const { id, expires_at } = session;
        await insertRefreshToken(tx.db, row, { user_id, family: id, expires_at });
        return id;
      });
      return await pair({ user_id, session_id }, refresh_token);
    },
    refresh: async (given) => {
      const hash = hashToken(given);
      const { refresh_token, row } = newRefreshToken();
      const family = await database.asSystem(
        async (tx) => await rotateRefreshToken(tx.db, hash, row, LIFETIME),
      );
      if (family) return await pair({ user_id: family.user_id, session_id: family.family }, refresh_token);
      const refused = (await endIfUsed(hash))
        ? {
            code: 'auth.refresh_token_reused',
            message: 'this refresh token was used before: its session is ended',
          }
        : { code: 'auth.bad_refresh_token', message: 'this refresh token opens nothing: sign in again' };
      throw new AppError({ kind: 'unauthenticated', ...refused });
    },
    close: async (given) =>
      await database.asSystem(async (tx) => {
        const token = await selectRefreshToken(tx.db, hashToken(given));
        if (!token) return;
        const { user_id, family } = token;
        await endSession(tx, { user_id, session_id: family, reason: 'signed_out' });
      }),
  };
}
