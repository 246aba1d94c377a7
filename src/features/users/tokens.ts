import { record } from '#features/activity/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { hashToken, newApiToken } from '#platform/crypto/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { deleteToken, insertToken, selectLiveToken, touchToken } from './queries.ts';
import { scopes, userScopes, type Scope } from './scopes.ts';

/** Who a request is from, and what it may do. */
export interface TokenCaller {
  user_id: string;
  token_id: string;
  scopes: string[];
  is_admin: boolean;
}

export interface NewToken {
  user_id: string;
  name: string;
  /** Null: all user scopes, as they are today. */
  scopes: readonly string[] | null;
  /** Null: until it is revoked. */
  expires_at: Date | null;
}

function checkedScope(scope: string, index: number): Scope {
  const known = scopes.find((name) => name === scope);
  if (known === undefined)
    throw invalidField(`scopes.${index}`, `no such scope; there are ${scopes.join(', ')}`);
  return known;
}

/** Makes an API token and returns it: the only time it is seen, since only its hash is kept. */
export async function createApiToken(tx: Tx, input: NewToken): Promise<string> {
  if (input.name.trim() === '') throw invalidField('name', 'must not be empty');
  const granted = [...new Set(input.scopes === null ? userScopes : input.scopes.map(checkedScope))];
  const { token, hash } = newApiToken();
  const id = newId();
  await insertToken(tx.db, {
    id,
    user_id: input.user_id,
    token_hash: hash,
    name: input.name,
    scopes: granted,
    expires_at: input.expires_at,
  });
  await record(tx, {
    user_id: input.user_id,
    actor: 'system',
    type: 'token.created',
    message: `An API token was made: ${input.name}`,
    subject: `token:${id}`,
    metadata: { scopes: granted, expires_at: input.expires_at?.toISOString() ?? null },
  });
  return token;
}

/** Deletes a token: within two seconds it opens nothing any more. */
export async function revokeApiToken(tx: Tx, token: string): Promise<void> {
  await deleteToken(tx.db, hashToken(token));
}

/** Answers are kept this long: a revoked token is refused within it. */
const CACHE_MS = 2_000;
const CACHE_SIZE = 1_000;

export interface TokenAuthenticatorOptions {
  /** The system role: before authentication there is no tenant. */
  db: Db;
  /** A last use that could not be recorded. */
  onError?: (error: unknown) => void;
  /** Milliseconds that only grow. */
  clock?: () => number;
}

/** Makes the function that turns a token into its caller, or undefined when it opens nothing. */
export function createTokenAuthenticator(
  options: TokenAuthenticatorOptions,
): (token: string) => Promise<TokenCaller | undefined> {
  const { db, onError = () => {}, clock = () => performance.now() } = options;
  const known = new Map<string, { caller: TokenCaller; until: number }>();

  return async (token) => {
    const hash = hashToken(token);
    const cached = known.get(hash);
    if (cached && cached.until > clock()) return cached.caller;
    known.delete(hash);
    const askedAt = clock();
    const found = await selectLiveToken(db, hash);
    if (!found) return undefined;
    const { token_id, user_id, scopes: granted, role } = found;
    const caller = { user_id, token_id, scopes: granted, is_admin: role === 'admin' };
    // The oldest makes room: the map keeps the order of entry.
    if (known.size >= CACHE_SIZE) known.delete(known.keys().next().value!);
    known.set(hash, { caller, until: askedAt + CACHE_MS });
    if (found.is_use_stale) void touchToken(db, token_id).catch(onError);
    return caller;
  };
}
