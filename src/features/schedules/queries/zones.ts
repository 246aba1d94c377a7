import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { ScheduleRecord } from '../queries.ts';

export type WaitingRecord = ScheduleRecord & { fire_at: Date | null };

/** The schedules whose times change with their user's zone, locked, with what waits of them in due. */
export async function lockFollowing(db: Db, userId: string): Promise<WaitingRecord[]> {
  const { rows } = await sql<WaitingRecord>`
    select s.*, d.fire_at from schedules s left join due d on d.schedule_id = s.id
    where s.user_id = ${userId} and s.follows_user and (s.type = 'recurring' or s.status in ('active', 'paused'))
    order by s.id for no key update of s`.execute(db);
  return rows;
}

/** What has been, and has its zone only to be shown in. */
export async function setZoneOfEnded(db: Db, userId: string, timezone: string): Promise<void> {
  await db
    .updateTable('schedules')
    .set({ timezone })
    .where('user_id', '=', userId)
    .where('follows_user', '=', true)
    .where('type', '=', 'one_time')
    .where('status', 'in', ['completed', 'cancelled'])
    .execute();
}

/** Active schedules that have wall-clock times, the next by id, locked; those that somebody holds wait for them. */
export async function lockWallClock(db: Db, after: string, limit: number): Promise<WaitingRecord[]> {
  const { rows } = await sql<WaitingRecord>`
    select s.*, d.fire_at from schedules s left join due d on d.schedule_id = s.id
    where s.id > ${after}::uuid and s.status = 'active' and (s.type = 'recurring' or s.local_time is not null)
    order by s.id limit ${limit} for no key update of s`.execute(db);
  return rows;
}

/** A schedule whose instants have become others. */
export type MovedSchedule = Pick<
  ScheduleRecord,
  'id' | 'timezone' | 'trigger_at' | 'starts_at' | 'revision' | 'revised_at' | 'last_due_local'
>;

export async function updateMoved(db: Db, moved: MovedSchedule[]): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    update schedules s set timezone = m.timezone, trigger_at = m.trigger_at, starts_at = m.starts_at,
      revision = m.revision, revised_at = m.revised_at, last_due_local = m.last_due_local
    from unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map((m) => m.timezone)}::text[],
                ${moved.map((m) => m.trigger_at)}::timestamptz[], ${moved.map((m) => m.starts_at)}::timestamptz[],
                ${moved.map((m) => m.revision)}::int[], ${moved.map((m) => m.revised_at)}::timestamptz[],
                ${moved.map((m) => m.last_due_local)}::text[])
      as m(id, timezone, trigger_at, starts_at, revision, revised_at, last_due_local)
    where s.id = m.id`.execute(db);
}

const TZDATA = 'tzdata_version';

/** The version of the time zones' rules that what waits in due was last computed by, e.g. `2026a`. */
export async function selectTzdata(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', TZDATA).executeTakeFirst();
  return typeof row?.value === 'string' ? row.value : undefined;
}

export async function upsertTzdata(db: Db, version: string): Promise<void> {
  const value = JSON.stringify(version);
  await db
    .insertInto('settings')
    .values({ key: TZDATA, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
