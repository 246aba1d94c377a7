import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** Of these schedules those that are there, with their users. For the system role. */
export async function selectOwners(
  db: Db,
  ids: string[],
): Promise<{ schedule_id: string; user_id: string | null }[]> {
  const { rows } = await sql<{ schedule_id: string; user_id: string | null }>`
    select id as schedule_id, user_id from schedules where id = any(${ids}::uuid[]) order by id`.execute(db);
  return rows;
}

/**
 * Keys of the open alerts `schedule_stuck`, and whether the row they tell of is no longer due at that instant: it has
 * fired, or its schedule was edited, paused or deleted. The instant went through JavaScript, which has milliseconds alone.
 */
export async function selectStuck(db: Db): Promise<{ key: string; is_over: boolean }[]> {
  const { rows } = await sql<{ key: string; is_over: boolean }>`
    select a.key, not exists (
      select from due d where d.schedule_id = (a.metadata ->> 'schedule_id')::uuid
        and d.revision = (a.metadata ->> 'revision')::int
        and abs(extract(epoch from d.fire_at - (a.metadata ->> 'due_at')::timestamptz)) < 0.002) as is_over
    from alerts a where a.code = 'schedule_stuck' and a.cleared_at is null`.execute(db);
  return rows;
}
