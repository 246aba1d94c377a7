import { sql, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

const columns = [
  'id',
  'user_id',
  'email',
  'role',
  'expires_at',
  'used_at',
  'used_by',
  'created_at',
  'updated_at',
] as const;

export type Invitation = Pick<Selectable<Schema['invitations']>, (typeof columns)[number]>;

export interface NewInvitation {
  id: string;
  user_id: string;
  email: string | null;
  role: 'admin' | 'member';
  code_hash: string;
}

/** Without an end, it lasts for `lifetime_ms`. */
export async function insertInvitation(
  db: Db,
  row: NewInvitation,
  { expires_at, lifetime_ms }: { expires_at: Date | undefined; lifetime_ms: number },
): Promise<Invitation> {
  const standard = sql<Date>`app_now() + ${lifetime_ms} * interval '1 millisecond'`;
  return await db
    .insertInto('invitations')
    .values({ ...row, expires_at: expires_at ?? standard })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Everyone's, newest first, those older than the invitation `before`. */
export async function selectInvitations(
  db: Db,
  { before, count }: { before: string | undefined; count: number },
): Promise<Invitation[]> {
  return await db
    .selectFrom('invitations')
    .select(columns)
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

/** The invitation with this code while it can be accepted: not used, not over, and of one who is an admin still. */
export async function selectOpenInvitation(db: Db, codeHash: string): Promise<Invitation | undefined> {
  return await db
    .selectFrom('invitations as invitation')
    .innerJoin('users as inviter', 'inviter.id', 'invitation.user_id')
    .select(columns.map((column) => `invitation.${column}` as const))
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where(sql<boolean>`expires_at > app_now()`)
    .where('inviter.role', '=', 'admin')
    .where('inviter.is_active', '=', true)
    .executeTakeFirst();
}

/** Whether it was there to be used: of several at once, one is told so. */
export async function useInvitation(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitations')
    .set({ used_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function setUsedBy(db: Db, id: string, user_id: string): Promise<void> {
  await db.updateTable('invitations').set({ used_by: user_id }).where('id', '=', id).execute();
}

/** Whether there was one that was not used. */
export async function deleteInvitation(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('invitations')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Removes invitations that ended before this. */
export async function deleteOldInvitations(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('invitations').where('expires_at', '<', before).execute();
}
