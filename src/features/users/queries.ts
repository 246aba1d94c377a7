import { sql, type Insertable, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { Db, Schema } from '#platform/db/index.ts';
import type { quietHours } from './contract.ts';

/** What the app role may read of a user, too: not the event counter. */
export const userColumns = [
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
  'two_factor_enabled',
  'is_active',
  'created_at',
  'updated_at',
] as const;

/** An account; only what `quietHours` lets through is ever written. */
export type User = Omit<Pick<Selectable<Schema['users']>, (typeof userColumns)[number]>, 'quiet_hours'> & {
  quiet_hours: z.output<typeof quietHours> | null;
};

export async function insertUser(db: Db, row: Insertable<Schema['users']>): Promise<User> {
  return await db
    .insertInto('users')
    .values(row)
    .returning(userColumns)
    .$castTo<User>()
    .executeTakeFirstOrThrow();
}

export async function selectUserByEmail(db: Db, email: string): Promise<User | undefined> {
  return await db
    .selectFrom('users')
    .select(userColumns)
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .$castTo<User>()
    .executeTakeFirst();
}

export async function selectUserById(db: Db, id: string): Promise<User | undefined> {
  return await db
    .selectFrom('users')
    .select(userColumns)
    .where('id', '=', id)
    .$castTo<User>()
    .executeTakeFirst();
}

export async function selectUsers(db: Db): Promise<User[]> {
  return await db.selectFrom('users').select(userColumns).orderBy('id').$castTo<User>().execute();
}
