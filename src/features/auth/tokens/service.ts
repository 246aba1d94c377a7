import { record } from '#features/activity/index.ts';
import { hashToken, newApiToken } from '#platform/crypto/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { tellTokenChanged } from '../tell.ts';
import {
  deleteToken,
  deleteTokenByHash,
  deleteTokensWithScopes,
  insertToken,
  selectTokenExpiry,
  selectTokens,
  type ApiToken,
} from './queries.ts';
import { scopes, systemScopes, userScopes, type Scope } from './scopes.ts';

export interface NewToken {
  user_id: string;
  name: string;
  /** Null: all user scopes, as they are today. */
  scopes: readonly string[] | null;
  /** Null: until it is revoked. */
  expires_at: Date | null;
}

export interface MadeToken extends ApiToken {
  /** The token itself: shown this once. */
  token: string;
}

function checkedScope(scope: string, index: number): Scope {
  const known = scopes.find((name) => name === scope);
  if (known === undefined)
    throw invalidField(`scopes.${index}`, `no such scope; there are ${scopes.join(', ')}`);
  return known;
}

async function makeToken(tx: Tx, input: NewToken, actor: 'user' | 'system'): Promise<MadeToken> {
  if (input.name.trim() === '') throw invalidField('name', 'must not be empty');
  const granted = [...new Set(input.scopes === null ? userScopes : input.scopes.map(checkedScope))];
  const { token, hash } = newApiToken();
  const id = newId();
  const { user_id, name, expires_at } = input;
  const row = await insertToken(tx.db, { id, user_id, token_hash: hash, name, scopes: granted, expires_at });
  await record(tx, {
    user_id,
    actor,
    type: 'token.created',
    message: `An API token was made: ${name}`,
    subject: `token:${id}`,
    metadata: { scopes: granted, expires_at: expires_at?.toISOString() ?? null },
  });
  tellTokenChanged(tx, user_id, id);
  return { ...row, token };
}

/**
 * Makes an API token with whatever scopes are asked for, as the person at the machine may, and returns it: the only
 * time it is seen, since only its hash is kept.
 */
export async function createApiToken(tx: Tx, input: NewToken): Promise<string> {
  return (await makeToken(tx, input, 'system')).token;
}

/** What a caller asks for: without scopes, all of theirs that a token may have. */
export interface OwnToken {
  name: string;
  scopes?: readonly string[] | undefined;
  expires_at?: Date | null | undefined;
}

/** What a caller can give a token: theirs, but for those that only the person at the machine gives. */
export function scopesToGive({ scopes: own }: { scopes: readonly string[] }): Scope[] {
  return userScopes.filter((scope) => own.includes(scope));
}

/**
 * A token a caller makes for themself. It can do nothing its maker can't, nor for longer, and nothing beyond its user:
 * only the person at the machine gives `system:*`.
 * @throws AppError with the path of the scope or date that is refused
 */
export async function createOwnToken(
  tx: Tx,
  caller: { user_id: string; scopes: readonly string[]; token_id: string | null },
  { name, scopes: wanted, expires_at: asked = null }: OwnToken,
): Promise<MadeToken> {
  const mayHave = scopesToGive(caller);
  for (const [index, scope] of (wanted ?? []).entries()) {
    const known = checkedScope(scope, index);
    if (mayHave.some((own) => own === known)) continue;
    const why = known.startsWith('system:')
      ? 'is given by ./manage token create alone'
      : 'is none you have yourself';
    throw invalidField(`scopes.${index}`, why);
  }
  if (asked && asked.getTime() <= Date.now()) throw invalidField('expires_at', 'must lie ahead');
  const latest =
    caller.token_id === null ? null : await selectTokenExpiry(tx.db, caller.user_id, caller.token_id);
  if (asked && latest && asked > latest)
    throw invalidField('expires_at', 'must not be later than that of the token this is asked with');
  const expires_at = asked ?? latest;
  return await makeToken(
    tx,
    { user_id: caller.user_id, name, scopes: wanted ?? mayHave, expires_at },
    'user',
  );
}

/** The user's tokens, newest first. */
export async function listTokens(
  db: Db,
  userId: string,
  options: { before: string | undefined; count: number },
): Promise<ApiToken[]> {
  return await selectTokens(db, userId, options);
}

/**
 * Ends a token: within two seconds it opens nothing any more.
 * @throws AppError `tokens.not_found`
 */
export async function revokeOwnToken(tx: Tx, user_id: string, id: string): Promise<void> {
  const name = await deleteToken(tx.db, user_id, id);
  if (name === undefined) {
    throw new AppError({ code: 'tokens.not_found', kind: 'not_found', message: 'There is no such token' });
  }
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'token.revoked',
    message: `An API token was revoked: ${name}`,
    subject: `token:${id}`,
  });
  tellTokenChanged(tx, user_id, id);
  tx.hint('access');
}

/** Ends the tokens that reach beyond their user, who is no admin any more. For the system role. */
export async function revokeSystemTokens(tx: Tx, user_id: string): Promise<void> {
  const revoked = await deleteTokensWithScopes(tx.db, user_id, [...systemScopes]);
  await record(
    tx,
    ...revoked.map(({ id, name }) => ({
      user_id,
      actor: 'system' as const,
      type: 'token.revoked',
      message: `An API token was revoked, because its user is no admin any more: ${name}`,
      subject: `token:${id}`,
    })),
  );
  for (const { id } of revoked) tellTokenChanged(tx, user_id, id);
  tx.hint('access');
}

/** Ends a token by the token itself, for whoever made it in passing. */
export async function revokeApiToken(tx: Tx, token: string): Promise<void> {
  const revoked = await deleteTokenByHash(tx.db, hashToken(token));
  if (revoked) tellTokenChanged(tx, revoked.user_id, revoked.id);
  tx.hint('access');
}
