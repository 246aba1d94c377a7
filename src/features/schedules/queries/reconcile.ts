import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { OccurrenceRecord } from '../queries.ts';
import type { WaitingRecord } from './zones.ts';

/** Active recurring schedules, the next by id. */
export async function selectRecurring(db: Db, after: string, limit: number): Promise<WaitingRecord[]> {
  const { rows } = await sql<WaitingRecord>`
    select s.*, d.fire_at from schedules s left join due d on d.schedule_id = s.id and d.revision = s.revision
    where s.id > ${after}::uuid and s.status = 'active' and s.type = 'recurring'
    order by s.id limit ${limit}`.execute(db);
  return rows;
}

/** Schedules, or this one, whose due row is not as their state says: none where they are active, or one not theirs. */
export async function selectOutOfStep(db: Db, limit: number, only?: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from schedules s left join due d on d.schedule_id = s.id
    where ((s.status = 'active' and d.schedule_id is null)
        or (d.schedule_id is not null and (s.status <> 'active' or d.revision <> s.revision)))
      ${only === undefined ? sql`` : sql`and s.id = ${only}`}
    limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** One schedule with what waits of it, locked; undefined when it is gone, or a scheduler has it at this moment. */
export async function lockWaiting(db: Db, id: string): Promise<WaitingRecord | undefined> {
  const { rows } = await sql<WaitingRecord>`
    select s.*, d.fire_at from schedules s left join due d on d.schedule_id = s.id and d.revision = s.revision
    where s.id = ${id} for no key update of s skip locked`.execute(db);
  return rows[0];
}

type Recorded = Pick<OccurrenceRecord, 'schedule_id' | 'revision' | 'due_at' | 'until' | 'trigger'>;

/** What is recorded of these schedules from an instant on, runs of misses that reach into it included. */
export async function selectRecorded(db: Db, ids: string[], from: Date): Promise<Recorded[]> {
  const { rows } = await sql<Recorded>`
    select o.schedule_id, o.revision, o.due_at, o.until, o.trigger from schedules s
    join occurrences o on o.schedule_id = s.id and o.revision = s.revision
      and (o.due_at > ${from} or o.until > ${from})
    where s.id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/** Reminders that fired by `until` and made no notification, of the occurrences from the id `since` on. */
export async function selectUntold(
  db: Db,
  { since, until }: { since: string; until: Date },
  limit: number,
): Promise<Pick<OccurrenceRecord, 'id' | 'schedule_id' | 'user_id' | 'due_at'>[]> {
  const { rows } = await sql<Pick<OccurrenceRecord, 'id' | 'schedule_id' | 'user_id' | 'due_at'>>`
    select o.id, o.schedule_id, o.user_id, o.due_at from occurrences o
    join schedules s on s.id = o.schedule_id and s.kind = 'reminder'
    where o.id > ${since}::uuid and o.fired_at <= ${until} and o.fate in ('fired', 'delivered')
      and not exists (select from notifications n where n.occurrence_id = o.id)
    order by o.id limit ${limit}`.execute(db);
  return rows;
}

export async function setUntold(db: Db, ids: string[]): Promise<void> {
  await sql`
    update occurrences set fate = 'failed', reason = 'its notification is not there'
    where id = any(${ids}::uuid[])`.execute(db);
}

/** The keys of the alerts of one code that are open. */
export async function selectOpenLedgerAlerts(db: Db, code: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select key from alerts where code = ${code} and cleared_at is null`.execute(db);
  return rows.map(({ key }) => key);
}
