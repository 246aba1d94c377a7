import { sql, type Updateable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';
import { userColumns, type User } from '../queries.ts';

/** Any number: changes of who is an admin come one after the other. */
const ADMINS_LOCK = 461_802_347;

export interface AccountFilter {
  email?: string | undefined;
  telegram_id?: number | undefined;
}

/** Newest first, those older than the account `before`. For the system role. */
export async function selectAccounts(
  db: Db,
  { email, telegram_id }: AccountFilter,
  { before, count }: { before: string | undefined; count: number },
): Promise<User[]> {
  return await db
    .selectFrom('users')
    .select(userColumns)
    .$if(email !== undefined, (query) => query.where(sql<boolean>`lower(email) = lower(${email})`))
    .$if(telegram_id !== undefined, (query) => query.where('telegram_id', '=', telegram_id!))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .$castTo<User>()
    .execute();
}

/** Until the end of the transaction nobody else changes who is an admin. */
export async function lockAdmins(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADMINS_LOCK})`.execute(db);
}

/** The admins whose accounts are open. */
export async function selectActiveAdmins(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('is_active', '=', true)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The account, which nobody else changes until the end of the transaction. */
export async function selectAccountForUpdate(db: Db, id: string): Promise<User | undefined> {
  return await db
    .selectFrom('users')
    .select(userColumns)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<User>()
    .executeTakeFirst();
}

/** Until the end of the transaction, what waits longer than this for a lock fails with 55P03. */
export async function limitLockWaits(db: Db, ms: number): Promise<void> {
  await sql`set local lock_timeout = ${sql.lit(ms)}`.execute(db);
}

/**
 * The account, to which nobody can add anything any more. Its threads before it: who writes into one has it locked
 * when the account's turn comes.
 */
export async function lockAccountForDeletion(db: Db, id: string): Promise<User | undefined> {
  await db.selectFrom('threads').select('id').where('user_id', '=', id).orderBy('id').forUpdate().execute();
  return await db
    .selectFrom('users')
    .select(userColumns)
    .where('id', '=', id)
    .forUpdate()
    .$castTo<User>()
    .executeTakeFirst();
}

export type AccountChange = Omit<Updateable<Schema['users']>, 'id'>;

export async function updateUser(db: Db, id: string, change: AccountChange): Promise<User | undefined> {
  return await db
    .updateTable('users')
    .set(change)
    .where('id', '=', id)
    .returning(userColumns)
    .$castTo<User>()
    .executeTakeFirst();
}

/** Everything of theirs goes with it, by cascade. */
export async function deleteUser(db: Db, id: string): Promise<void> {
  await db.deleteFrom('users').where('id', '=', id).execute();
}
