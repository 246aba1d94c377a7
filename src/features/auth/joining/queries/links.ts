import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** One setup at a time: whoever waits sees what the one before has made. */
export async function lockSetup(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('setup', 0))`.execute(db);
}

export async function hasAdmin(db: Db): Promise<boolean> {
  const admin = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .limit(1)
    .executeTakeFirst();
  return admin !== undefined;
}

export interface NewLink {
  id: string;
  token_hash: string;
  /** Null: a setup link. */
  user_id: string | null;
  lifetime_ms: number;
}

/** Makes a link in place of those of its kind that were not used: only the last one opens anything. Returns its end. */
export async function replaceLink(db: Db, { lifetime_ms, ...link }: NewLink): Promise<Date> {
  const kind = link.user_id === null ? 'setup' : 'reset';
  await db
    .deleteFrom('account_links')
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .$if(link.user_id !== null, (query) => query.where('user_id', '=', link.user_id))
    .execute();
  const { expires_at } = await db
    .insertInto('account_links')
    .values({ ...link, kind, expires_at: sql<Date>`app_now() + ${lifetime_ms} * interval '1 millisecond'` })
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  return expires_at;
}

/** When the setup link ends; undefined when it opens nothing. */
export async function selectSetupLinkEnd(db: Db, hash: string): Promise<Date | undefined> {
  const link = await db
    .selectFrom('account_links')
    .select('expires_at')
    .where('kind', '=', 'setup')
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where(sql<boolean>`expires_at > app_now()`)
    .executeTakeFirst();
  return link?.expires_at;
}

export interface ResetUser {
  id: string;
  email: string | null;
  name: string;
  /** When the link ends. */
  expires_at: Date;
}

/** Whose account a reset link opens, while it does. */
export async function selectResetUser(db: Db, hash: string): Promise<ResetUser | undefined> {
  return await db
    .selectFrom('account_links as link')
    .innerJoin('users as user', 'user.id', 'link.user_id')
    .select(['user.id', 'user.email', 'user.name', 'link.expires_at'])
    .where('link.kind', '=', 'reset')
    .where('link.token_hash', '=', hash)
    .where('link.used_at', 'is', null)
    .where(sql<boolean>`link.expires_at > app_now()`)
    .executeTakeFirst();
}

/** Whether it was there to be used: of several at once, one is told so. */
export async function useLink(db: Db, kind: 'setup' | 'reset', hash: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account_links')
    .set({ used_at: sql<Date>`app_now()` })
    .where('kind', '=', kind)
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where(sql<boolean>`expires_at > app_now()`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Removes links that ended before this. */
export async function deleteOldLinks(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('account_links').where('expires_at', '<', before).execute();
}
