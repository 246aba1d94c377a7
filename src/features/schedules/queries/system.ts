import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** A schedule of the program's own, locked. Returns whether it waits in due. */
export async function ensureSystemSchedule(db: Db, id: string, cronExpression: string): Promise<boolean> {
  await sql`
    insert into schedules (id, user_id, kind, type, cron_expression, timezone, follows_user)
    values (${id}, null, 'system', 'recurring', ${cronExpression}, 'UTC', false)
    on conflict (id) do update set status = 'active', cron_expression = excluded.cron_expression`.execute(db);
  const { rows } = await sql`select from due where schedule_id = ${id} and revision = 1`.execute(db);
  return rows.length > 0;
}

/** What became of the program's own schedules is kept for as long as somebody may want to look at it. */
export async function pruneSystemOccurrences(db: Db, before: Date): Promise<void> {
  await sql`
    delete from occurrences o using schedules s
    where s.kind = 'system' and o.schedule_id = s.id and o.due_at < ${before}`.execute(db);
}
