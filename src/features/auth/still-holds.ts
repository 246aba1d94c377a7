import type { Db } from '#platform/db/index.ts';
import type { Caller } from '#platform/http/route.ts';
import { selectLiveSessions, selectLiveTokens } from './queries/still-holds.ts';
import { scopesOfSession } from './tokens/scopes.ts';

/**
 * Of callers that were authenticated some time ago, those whose token or session is still in force and still opens
 * all it did: two statements, however many they are. For the system role.
 */
export async function selectStillHolding<T extends Caller>(db: Db, callers: readonly T[]): Promise<Set<T>> {
  const ids = (name: 'token_id' | 'session_id') => [
    ...new Set(callers.flatMap((caller) => caller[name] ?? [])),
  ];
  const tokenIds = ids('token_id');
  const sessionIds = ids('session_id');
  const tokens = tokenIds.length > 0 ? await selectLiveTokens(db, tokenIds) : [];
  const sessions = sessionIds.length > 0 ? await selectLiveSessions(db, sessionIds) : [];
  const opened = new Map<string, Set<string>>([
    ...tokens.map(({ id, scopes }) => [id, new Set<string>(scopes)] as const),
    ...sessions.map(({ id, role }) => [id, new Set<string>(scopesOfSession(role))] as const),
  ]);
  return new Set(
    callers.filter(({ token_id, session_id, scopes }) => {
      const now = opened.get(token_id ?? session_id ?? '');
      return now !== undefined && scopes.every((scope) => now.has(scope));
    }),
  );
}

/**
 * When the access token (RFC 9068) of a request that was authenticated ends, in ms since 1970; undefined when it came
 * with something else.
 */
export function endOfAccessToken(headers: Headers): number | undefined {
  const claims = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (claims === undefined) return undefined;
  const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { exp: number };
  return exp * 1_000;
}
