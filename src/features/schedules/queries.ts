import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Db, Schema, Tx } from '#platform/db/index.ts';
import type { DueRow } from '#platform/due/index.ts';

export type ScheduleRecord = Selectable<Schema['schedules']>;
export type OccurrenceRecord = Selectable<Schema['occurrences']>;

export interface NewSchedule {
  id: string;
  user_id: string;
  kind: 'reminder' | 'task';
  type: 'one_time' | 'recurring';
  trigger_at: Date | null;
  local_time: string | null;
  cron_expression: string | null;
  rrule: string | null;
  starts_at: Date | null;
  timezone: string;
  follows_user: boolean;
  catch_up: ScheduleRecord['catch_up'];
  jitter_s: number;
  nag_every_s: number | null;
  snoozed_from: string | null;
}

export async function insertSchedule(db: Db, schedule: NewSchedule): Promise<ScheduleRecord> {
  return await db.insertInto('schedules').values(schedule).returningAll().executeTakeFirstOrThrow();
}

export type ScheduleChange = Partial<
  Pick<
    ScheduleRecord,
    | 'type'
    | 'trigger_at'
    | 'local_time'
    | 'cron_expression'
    | 'rrule'
    | 'starts_at'
    | 'timezone'
    | 'follows_user'
    | 'catch_up'
    | 'jitter_s'
    | 'nag_every_s'
    | 'nagging_since'
    | 'last_due_local'
    | 'status'
    | 'revision'
    | 'revised_at'
  >
>;

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
  trigger: OccurrenceRecord['trigger'];
  until: Date | null;
  count: number;
  fate: OccurrenceRecord['fate'];
  reason: string | null;
}

/** Records fired occurrences at the database's now; returns them with `fired_at` and `late_ms`. */
export async function insertFired(db: Db, fired: NewOccurrence[]): Promise<OccurrenceRecord[]> {
  const { rows } = await sql<OccurrenceRecord>`
    with clock as materialized (select app_now() as now)
    insert into occurrences (id, schedule_id, user_id, revision, due_at, trigger, fate, fired_at, late_ms,
                             created_at, updated_at)
    select o.id, o.schedule_id, o.user_id, o.revision, o.due_at, o.trigger, o.fate, clock.now,
           least(2147483647, greatest(0, floor(extract(epoch from clock.now - o.due_at) * 1000)))::int,
           clock.now, clock.now
    from clock, unnest(${fired.map(({ id }) => id)}::uuid[], ${fired.map((o) => o.schedule_id)}::uuid[],
                       ${fired.map((o) => o.user_id)}::uuid[], ${fired.map((o) => o.revision)}::int[],
                       ${fired.map((o) => o.due_at)}::timestamptz[], ${fired.map((o) => o.trigger)}::text[],
                       ${fired.map((o) => o.fate)}::text[])
      as o(id, schedule_id, user_id, revision, due_at, trigger, fate)
    returning *`.execute(db);
  return rows;
}

/** What firing changes of a schedule. */
export type PlannedChange = Pick<
  ScheduleRecord,
  'id' | 'last_fired_at' | 'last_due_local' | 'nagging_since' | 'status'
>;

/** Writes what has become of schedules whose instants came, with the commit. */
export function markPlanned(tx: Tx, changes: PlannedChange[]): void {
  if (changes.length === 0) return;
  tx.last(sql`
    update schedules s set last_fired_at = c.last_fired_at, last_due_local = c.last_due_local,
      nagging_since = c.nagging_since, status = c.status, updated_at = (select app_now())
    from unnest(${changes.map(({ id }) => id)}::uuid[], ${changes.map((c) => c.last_fired_at)}::timestamptz[],
                ${changes.map((c) => c.last_due_local)}::text[], ${changes.map((c) => c.nagging_since)}::timestamptz[],
                ${changes.map((c) => c.status)}::text[])
      as c(id, last_fired_at, last_due_local, nagging_since, status)
    where s.id = c.id`);
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
