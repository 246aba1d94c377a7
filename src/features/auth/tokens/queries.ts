import { sql, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

const columns = ['id', 'name', 'scopes', 'expires_at', 'last_used_at', 'created_at', 'updated_at'] as const;

/** An API token as its owner sees it: without what opens anything. */
export type ApiToken = Pick<Selectable<Schema['api_tokens']>, (typeof columns)[number]>;

export interface TokenRow {
  id: string;
  user_id: string;
  token_hash: string;
  name: string;
  scopes: string[];
  expires_at: Date | null;
}

export async function insertToken(db: Db, row: TokenRow): Promise<ApiToken> {
  return await db.insertInto('api_tokens').values(row).returning(columns).executeTakeFirstOrThrow();
}

/** Newest first, those older than the token `before`. */
export async function selectTokens(
  db: Db,
  userId: string,
  { before, count }: { before: string | undefined; count: number },
): Promise<ApiToken[]> {
  return await db
    .selectFrom('api_tokens')
    .select(columns)
    .where('user_id', '=', userId)
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

/** When this token of the user's expires; null when it does not, or is gone. */
export async function selectTokenExpiry(db: Db, userId: string, id: string): Promise<Date | null> {
  const token = await db
    .selectFrom('api_tokens')
    .select('expires_at')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return token?.expires_at ?? null;
}

/** The name of the token that is gone now; undefined when the user had none with this id. */
export async function deleteToken(db: Db, userId: string, id: string): Promise<string | undefined> {
  const deleted = await db
    .deleteFrom('api_tokens')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return deleted?.name;
}

export async function deleteTokenByHash(
  db: Db,
  hash: string,
): Promise<{ id: string; user_id: string } | undefined> {
  return await db
    .deleteFrom('api_tokens')
    .where('token_hash', '=', hash)
    .returning(['id', 'user_id'])
    .executeTakeFirst();
}

/** The user's tokens with any of these scopes are gone now; their names and ids. */
export async function deleteTokensWithScopes(
  db: Db,
  userId: string,
  scopes: string[],
): Promise<{ id: string; name: string }[]> {
  return await db
    .deleteFrom('api_tokens')
    .where('user_id', '=', userId)
    .where(sql<boolean>`scopes && ${scopes}::text[]`)
    .returning(['id', 'name'])
    .execute();
}

/** Removes tokens that expired before this. */
export async function deleteExpiredTokens(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('api_tokens').where('expires_at', '<', before).execute();
}

/** Once a minute at most, also from several processes at once. */
export async function touchToken(db: Db, tokenId: string): Promise<void> {
  await db
    .updateTable('api_tokens')
    .set({ last_used_at: sql<Date>`app_now()` })
    .where('id', '=', tokenId)
    .where(sql<boolean>`coalesce(last_used_at < app_now() - interval '1 minute', true)`)
    .execute();
}

export interface LiveToken {
  token_id: string;
  user_id: string;
  scopes: string[];
  /** Its last use is not recorded, or was longer ago than is worth a write. */
  is_use_stale: boolean;
}

/** The token with this hash, while it and its user are in force. */
export async function selectLiveToken(db: Db, hash: string): Promise<LiveToken | undefined> {
  return await db
    .selectFrom('api_tokens as token')
    .innerJoin('users as user', 'user.id', 'token.user_id')
    .select([
      'token.id as token_id',
      'token.user_id',
      'token.scopes',
      sql<boolean>`coalesce(token.last_used_at < app_now() - interval '1 minute', true)`.as('is_use_stale'),
    ])
    .where('token.token_hash', '=', hash)
    .where('user.is_active', '=', true)
    .where(sql<boolean>`coalesce(token.expires_at > app_now(), true)`)
    .executeTakeFirst();
}
