import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

export type PasskeyRow = Selectable<Schema['passkeys']>;

/** Newest first. */
export async function selectPasskeys(db: Db, userId: string): Promise<PasskeyRow[]> {
  return await db
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .execute();
}

/** Undefined when this credential is known already. */
export async function insertPasskey(
  db: Db,
  row: Insertable<Schema['passkeys']>,
): Promise<PasskeyRow | undefined> {
  return await db
    .insertInto('passkeys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function renamePasskeyRow(
  db: Db,
  userId: string,
  id: string,
  name: string,
): Promise<PasskeyRow | undefined> {
  return await db
    .updateTable('passkeys')
    .set({ name })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

export async function deletePasskeyRow(db: Db, userId: string, id: string): Promise<PasskeyRow | undefined> {
  return await db
    .deleteFrom('passkeys')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

export interface PasskeyOfUser extends PasskeyRow {
  is_active: boolean;
}

/** By the id its authenticator gave it. */
export async function selectPasskeyByCredential(
  db: Db,
  credentialId: string,
): Promise<PasskeyOfUser | undefined> {
  return await db
    .selectFrom('passkeys as passkey')
    .innerJoin('users as user', 'user.id', 'passkey.user_id')
    .selectAll('passkey')
    .select('user.is_active')
    .where('passkey.credential_id', '=', credentialId)
    .executeTakeFirst();
}

/**
 * Notes its use and its counter; false when the counter has not grown, or the passkey is gone. One that does not count
 * always says 0.
 */
export async function usePasskey(
  db: Db,
  id: string,
  { counter, is_backed_up }: { counter: number; is_backed_up: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('passkeys')
    .set({ counter, is_backed_up, last_used_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where(({ or, eb }) =>
      or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb.val(counter === 0)])]),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A user as the auth library shows them. */
export async function selectLibraryUser(db: Db, id: string) {
  return await db
    .selectFrom('users')
    .select([
      'id',
      'name',
      'email',
      'email_verified as emailVerified',
      'image',
      'created_at as createdAt',
      'updated_at as updatedAt',
      'two_factor_enabled as twoFactorEnabled',
    ])
    .where('id', '=', id)
    .executeTakeFirst();
}
