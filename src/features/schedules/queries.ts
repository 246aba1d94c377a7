import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';
import type { DueRow } from '#platform/due/index.ts';

export type ScheduleRecord = Selectable<Schema['schedules']>;
export type OccurrenceRecord = Selectable<Schema['occurrences']>;

export interface NewSchedule {
  id: string;
  user_id: string;
  kind: 'reminder' | 'task';
  type: 'one_time' | 'recurring';
  trigger_at: Date | null;
  cron_expression: string | null;
  timezone: string;
  catch_up: ScheduleRecord['catch_up'];
  snoozed_from: string | null;
}

export async function insertSchedule(db: Db, schedule: NewSchedule): Promise<ScheduleRecord> {
  return await db.insertInto('schedules').values(schedule).returningAll().executeTakeFirstOrThrow();
}

export interface ScheduleChange {
  type?: ScheduleRecord['type'];
  trigger_at?: Date | null;
  cron_expression?: string | null;
  timezone?: string;
  catch_up?: ScheduleRecord['catch_up'];
  status?: ScheduleRecord['status'];
  revision?: number;
}

export async function updateSchedule(db: Db, id: string, change: ScheduleChange): Promise<ScheduleRecord> {
  return await db
    .updateTable('schedules')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The schedule, locked against other edits. */
export async function lockSchedule(db: Db, id: string): Promise<ScheduleRecord | undefined> {
  return await db
    .selectFrom('schedules')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** The instant that waits in due; null when none does. */
export async function nextFireAt(db: Db, id: string): Promise<Date | null> {
  const row = await db.selectFrom('due').select('fire_at').where('schedule_id', '=', id).executeTakeFirst();
  return row?.fire_at ?? null;
}

/** Deletes a schedule with its due row and its history. */
export async function deleteSchedule(db: Db, id: string): Promise<void> {
  await db.deleteFrom('schedules').where('id', '=', id).execute();
}

export async function countActive(db: Db, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('schedules')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  return count;
}

/** The rules of schedules that are due, without those that were paused, ended or edited meanwhile. */
export async function rulesOf(db: Db, due: DueRow[]): Promise<ScheduleRecord[]> {
  const ids = due.map(({ schedule_id }) => schedule_id);
  const revisions = new Map(due.map(({ schedule_id, revision }) => [schedule_id, revision]));
  const rows = await db
    .selectFrom('schedules')
    .selectAll()
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('status', '=', 'active')
    .execute();
  return rows.filter(({ id, revision }) => revisions.get(id) === revision);
}

export interface NewOccurrence {
  id: string;
  schedule_id: string;
  user_id: string | null;
  revision: number;
  due_at: Date;
  until: Date | null;
  count: number;
  fate: OccurrenceRecord['fate'];
  reason: string | null;
}

/** Records fired occurrences at the database's now; returns them with `fired_at` and `late_ms`, in the order given. */
export async function insertFired(db: Db, fired: NewOccurrence[]): Promise<OccurrenceRecord[]> {
  const { rows } = await sql<OccurrenceRecord>`
    with clock as materialized (select app_now() as now)
    insert into occurrences (id, schedule_id, user_id, revision, due_at, fate, fired_at, late_ms)
    select o.id, o.schedule_id, o.user_id, o.revision, o.due_at, o.fate, clock.now,
           least(2147483647, greatest(0, floor(extract(epoch from clock.now - o.due_at) * 1000)))::int
    from clock, unnest(${fired.map(({ id }) => id)}::uuid[], ${fired.map((o) => o.schedule_id)}::uuid[],
                       ${fired.map((o) => o.user_id)}::uuid[], ${fired.map((o) => o.revision)}::int[],
                       ${fired.map((o) => o.due_at)}::timestamptz[], ${fired.map((o) => o.fate)}::text[])
      as o(id, schedule_id, user_id, revision, due_at, fate)
    returning *`.execute(db);
  return rows;
}

/** Records occurrences that did not fire: each a run of misses from `due_at` to `until`. */
export async function insertMissed(db: Db, missed: NewOccurrence[]): Promise<void> {
  if (missed.length > 0) await db.insertInto('occurrences').values(missed).execute();
}

/** Marks schedules as fired now; one-time ones are completed with it. */
export async function markFired(db: Db, ids: string[], firedAt: Date): Promise<void> {
  await sql`
    update schedules set last_fired_at = ${firedAt},
      status = case when type = 'one_time' then 'completed' else status end
    where id = any(${ids}::uuid[])`.execute(db);
}

export async function listOccurrences(
  db: Db,
  scheduleId: string,
  page: { limit: number; before: string | undefined },
): Promise<OccurrenceRecord[]> {
  let query = db.selectFrom('occurrences').selectAll().where('schedule_id', '=', scheduleId);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

export interface UpcomingRecord {
  id: string;
  kind: ScheduleRecord['kind'];
  reminder_id: string | null;
  title: string | null;
  text: string | null;
  next_fire_at: Date;
  timezone: string;
}

/** What will fire, soonest first. */
export async function listUpcoming(
  db: Db,
  userId: string,
  page: { limit: number; after: { fire_at: Date; id: string } | undefined },
): Promise<UpcomingRecord[]> {
  let query = db
    .selectFrom('schedules')
    .innerJoin('due', 'due.schedule_id', 'schedules.id')
    .leftJoin('reminders', 'reminders.schedule_id', 'schedules.id')
    .select(({ ref }) => [
      'schedules.id',
      'schedules.kind',
      'reminders.id as reminder_id',
      'reminders.title',
      sql<string | null>`${ref('reminders.payload')} ->> 'text'`.as('text'),
      'due.fire_at as next_fire_at',
      'schedules.timezone',
    ])
    .where('schedules.user_id', '=', userId)
    .where('schedules.status', '=', 'active');
  const { after } = page;
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('due.fire_at', 'schedules.id'), '>', tuple(after.fire_at, after.id)),
    );
  }
  return await query.orderBy('due.fire_at').orderBy('schedules.id').limit(page.limit).execute();
}
