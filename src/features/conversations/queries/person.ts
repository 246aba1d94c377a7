import { sql } from 'kysely';
import { compiledOnce, type Db } from '#platform/db/index.ts';

/** Whom a turn is for, and what time it is for the database. */
export interface Person {
  name: string;
  timezone: string;
  locale: string;
  now: Date;
  /** Null for no limit. */
  daily_budget_usd: number | null;
}

const person = compiledOnce((db, { id }: { id: string }) =>
  db
    .selectFrom('users')
    .select(['name', 'timezone', 'locale', 'daily_budget_usd', sql<Date>`app_now()`.as('now')])
    .where('id', '=', id),
);

export async function selectPerson(db: Db, userId: string): Promise<Person | undefined> {
  return (await person(db, { id: userId }))[0];
}
