import type { Insertable, Selectable } from 'kysely';

import type { Db, Schema } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';

/*
 * Rows as plain inserts, for tests that need some to be there. They run none of the features' rules and are given the
 * system role's `db`; what a test asserts on, it says itself.
 */

type Row<T extends keyof Schema> = Selectable<Schema[T]>;
type Fields<T extends keyof Schema> = Partial<Insertable<Schema[T]>>;

export async function createUser(db: Db, fields: Fields<'users'> = {}): Promise<Row<'users'>> {
  const id = fields.id ?? newId();
  return await db
    .insertInto('users')
    .values({ id, name: `User ${id.slice(-4)}`, email: `${id}@example.test`, ...fields })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function createAssistant(
  db: Db,
  fields: Fields<'assistants'> & { user_id: string },
): Promise<Row<'assistants'>> {
  return await db
    .insertInto('assistants')
    .values({ id: newId(), name: 'Secretary', is_secretary: true, ...fields })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function createThread(
  db: Db,
  fields: Fields<'threads'> & { user_id: string; assistant_id: string },
): Promise<Row<'threads'>> {
  return await db
    .insertInto('threads')
    .values({ id: newId(), ...fields })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Recurring, every day at nine, when no rule is given. It has no due row: see {@link createDue}. */
export async function createSchedule(
  db: Db,
  fields: Fields<'schedules'> & { user_id: string | null },
): Promise<Row<'schedules'>> {
  const rule = fields.trigger_at
    ? { type: 'one_time' as const }
    : { type: 'recurring' as const, cron_expression: '0 9 * * *' };
  return await db
    .insertInto('schedules')
    .values({ id: newId(), kind: 'reminder', timezone: 'UTC', ...rule, ...fields })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A one-time schedule with its due row. */
export async function createDue(
  db: Db,
  fields: { user_id: string; fire_at: Date },
): Promise<Row<'schedules'>> {
  const schedule = await createSchedule(db, { user_id: fields.user_id, trigger_at: fields.fire_at });
  await db
    .insertInto('due')
    .values({ schedule_id: schedule.id, revision: schedule.revision, fire_at: fields.fire_at })
    .execute();
  return schedule;
}
