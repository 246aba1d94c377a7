import { sql, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

/** What the app role may read of a user, too: neither the password's hash nor the event counter. */
const userColumns = [
  'id',
  'email',
  'first_name',
  'last_name',
  'name',
  'role',
  'timezone',
  'locale',
  'telegram_id',
  'telegram_username',
  'quiet_hours',
  'daily_budget_usd',
  'is_active',
  'created_at',
  'updated_at',
] as const;

export type User = Pick<Selectable<Schema['users']>, (typeof userColumns)[number]>;

export interface UserRow {
  id: string;
  email: string;
  name: string;
  timezone: string;
  locale: string;
  role: 'admin' | 'member';
  password_hash: string | null;
}

/** Undefined when the e-mail address is taken. */
export async function insertUser(db: Db, row: UserRow): Promise<User | undefined> {
  return await db
    .insertInto('users')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning(userColumns)
    .executeTakeFirst();
}

export async function selectUserByEmail(db: Db, email: string): Promise<User | undefined> {
  return await db
    .selectFrom('users')
    .select(userColumns)
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .executeTakeFirst();
}

export async function selectUserById(db: Db, id: string): Promise<User | undefined> {
  return await db.selectFrom('users').select(userColumns).where('id', '=', id).executeTakeFirst();
}

export async function selectUsers(db: Db): Promise<User[]> {
  return await db.selectFrom('users').select(userColumns).orderBy('id').execute();
}

export interface TokenRow {
  id: string;
  user_id: string;
  token_hash: string;
  name: string;
  scopes: string[];
  expires_at: Date | null;
}

export async function insertToken(db: Db, row: TokenRow): Promise<void> {
  await db.insertInto('api_tokens').values(row).execute();
}

export interface LiveToken {
  token_id: string;
  user_id: string;
  scopes: string[];
  role: 'admin' | 'member';
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
      'user.role',
      sql<boolean>`coalesce(token.last_used_at < app_now() - interval '1 minute', true)`.as('is_use_stale'),
    ])
    .where('token.token_hash', '=', hash)
    .where('user.is_active', '=', true)
    .where(sql<boolean>`coalesce(token.expires_at > app_now(), true)`)
    .executeTakeFirst();
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

export async function deleteToken(db: Db, tokenHash: string): Promise<void> {
  await db.deleteFrom('api_tokens').where('token_hash', '=', tokenHash).execute();
}

/** Removes tokens that expired before this. */
export async function deleteExpiredTokens(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('api_tokens').where('expires_at', '<', before).execute();
}
