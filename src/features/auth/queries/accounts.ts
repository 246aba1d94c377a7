import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** Gives the user this password, in place of the one before. */
export async function upsertPassword(db: Db, row: { id: string; user_id: string; password: string }) {
  await db
    .insertInto('accounts')
    .values({ ...row, provider_id: 'credential', account_id: row.user_id })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: row.password }),
    )
    .execute();
}

/** Gives the user a password where they have none; whether they had none. */
export async function insertFirstPassword(
  db: Db,
  row: { id: string; user_id: string; password: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('accounts')
    .values({ ...row, provider_id: 'credential', account_id: row.user_id })
    .onConflict((conflict) =>
      conflict
        .columns(['provider_id', 'account_id'])
        .doUpdateSet({ password: row.password })
        .where('accounts.password', 'is', null),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

/**
 * Until the end of the transaction nobody else changes how this user signs in, of those who ask here. First, before what
 * it is about: the event of the change locks the user, too.
 */
export async function lockSignIn(db: Db, user_id: string): Promise<void> {
  await db.selectFrom('users').select('id').where('id', '=', user_id).forNoKeyUpdate().execute();
}

export interface SignInUser {
  id: string;
  email: string | null;
  name: string;
  role: 'admin' | 'member';
  is_active: boolean;
  two_factor_enabled: boolean;
  /** A PHC string; null for one who has no password. */
  password: string | null;
}

/** The user with this e-mail address, upper and lower case aside, or with this id. */
export async function selectSignInUser(
  db: Db,
  by: { email: string } | { id: string },
): Promise<SignInUser | undefined> {
  return await db
    .selectFrom('users as user')
    .leftJoin('accounts as account', (join) =>
      join.onRef('account.user_id', '=', 'user.id').on('account.provider_id', '=', 'credential'),
    )
    .select([
      'user.id',
      'user.email',
      'user.name',
      'user.role',
      'user.is_active',
      'user.two_factor_enabled',
      'account.password',
    ])
    .where(
      'email' in by ? sql<boolean>`lower(email) = lower(${by.email})` : sql<boolean>`"user".id = ${by.id}`,
    )
    .executeTakeFirst();
}

/**
 * Whether this is their password still, they are active, and their second factor is on or off as it was. None of it
 * changes before the transaction ends: whoever changes it then finds the session that is made in it, to end it. Locked as
 * the event of the sign-in locks the user, or several at once would wait for each other.
 */
export async function holdSignInUser(
  db: Db,
  { id, password, two_factor_enabled }: SignInUser,
): Promise<boolean> {
  const held = await db
    .selectFrom('users as user')
    .innerJoin('accounts as account', 'account.user_id', 'user.id')
    .select('user.id')
    .where('user.id', '=', id)
    .where('user.is_active', '=', true)
    .where('user.two_factor_enabled', '=', two_factor_enabled)
    .where('account.provider_id', '=', 'credential')
    .where('account.password', '=', password)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return held !== undefined;
}

/**
 * The commit does not wait for the disk: it is as quick as one that has written nothing. A crash of PostgreSQL may lose
 * the last half a second of them.
 */
export async function commitWithoutWaiting(db: Db): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(db);
}

/** As many statements as the other case has. */
export async function doNothing(db: Db): Promise<void> {
  await sql`select`.execute(db);
}

/** Whether anybody has something to sign in with: a password or a passkey. */
export async function hasCredentials(db: Db): Promise<boolean> {
  const password = await db
    .selectFrom('accounts')
    .select('id')
    .where('password', 'is not', null)
    .limit(1)
    .execute();
  if (password.length > 0) return true;
  return (await db.selectFrom('passkeys').select('id').limit(1).execute()).length > 0;
}
