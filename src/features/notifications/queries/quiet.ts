import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { QuietHours } from '../quiet-hours.ts';

/** The quiet hours of those of these users who have some, and the database's now. */
export async function selectQuietHours(
  db: Db,
  userIds: string[],
): Promise<{ user_id: string; quiet: QuietHours; now: Date }[]> {
  const { rows } = await sql<{ user_id: string; quiet: QuietHours; now: Date }>`
    select id as user_id, jsonb_build_object('timezone', timezone) || quiet_hours as quiet, app_now() as now
    from users where id = any(${userIds}::uuid[]) and quiet_hours is not null`.execute(db);
  return rows;
}

/** Ends the waiting of a notification. Returns it when it waited, and whether it was read meanwhile. */
export async function endWaiting(db: Db, id: string): Promise<{ is_read: boolean } | undefined> {
  const { rows } = await sql<{ is_read: boolean }>`
    with told as (
      update notifications set held_until = null where id = ${id} and held_until is not null
      returning id, read_at is not null as is_read
    ), web as (
      update deliveries d set status = 'sent', attempts = 1, sent_at = (select app_now())
      from told where d.notification_id = told.id and d.channel = 'web' and d.status = 'pending'
    )
    select is_read from told`.execute(db);
  return rows[0];
}
