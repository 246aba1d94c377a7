import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** The tokens with these ids that are in force, as their users are, and what they open. */
export async function selectLiveTokens(db: Db, ids: string[]): Promise<{ id: string; scopes: string[] }[]> {
  return await db
    .selectFrom('api_tokens as token')
    .innerJoin('users as user', 'user.id', 'token.user_id')
    .select(['token.id', 'token.scopes'])
    .where('token.id', 'in', ids)
    .where('user.is_active', '=', true)
    .where(sql<boolean>`coalesce(token.expires_at > app_now(), true)`)
    .execute();
}

/** The sessions with these ids that are in force, as their users are, and who these are. */
export async function selectLiveSessions(
  db: Db,
  ids: string[],
): Promise<{ id: string; role: 'admin' | 'member' }[]> {
  return await db
    .selectFrom('sessions as session')
    .innerJoin('users as user', 'user.id', 'session.user_id')
    .select(['session.id', 'user.role'])
    .where('session.id', 'in', ids)
    .where('session.status', '=', 'authenticated')
    .where('user.is_active', '=', true)
    .where(sql<boolean>`session.expires_at > app_now()`)
    .execute();
}
