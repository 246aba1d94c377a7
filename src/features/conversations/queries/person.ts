import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** Whom a turn is for, and what time it is for the database. */
export interface Person {
  name: string;
  timezone: string;
  locale: string;
  now: Date;
  /** Null for no limit. */
  daily_budget_usd: number | null;
}

export async function selectPerson(db: Db, userId: string): Promise<Person | undefined> {
  return await db
    .selectFrom('users')
    .select(['name', 'timezone', 'locale', 'daily_budget_usd', sql<Date>`app_now()`.as('now')])
    .where('id', '=', userId)
    .executeTakeFirst();
}
