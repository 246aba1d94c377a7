import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** A notification with the ids of its deliveries, as `insertNotifications` reads it from JSON. */
export interface NotificationRow {
  id: string;
  user_id: string;
  kind: string;
  title: string | null;
  message: string;
  priority: number;
  tags: string[];
  actions: unknown[];
  subject: string | null;
  occurrence_id: string | null;
  /** The end of its user's quiet hours, which it waits for; null: it is told at once. */
  held_until: Date | null;
  web_delivery_id: string;
  /** Null: nothing goes to Redis. */
  redis_delivery_id: string | null;
  redis_event: unknown;
}

/**
 * Any number of notifications in one statement, each with its deliveries. Committed is delivered for the channel web, unless it waits.
 * Returns the ids of those that are new: a reminder's occurrence that has its notification gets no other.
 */
export async function insertNotifications(db: Db, rows: NotificationRow[]): Promise<Set<string>> {
  const { rows: added } = await sql<{ id: string }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (
        id uuid, user_id uuid, kind text, title text, message text, priority smallint, tags text[], actions jsonb,
        subject text, occurrence_id uuid, held_until timestamptz, web_delivery_id uuid, redis_delivery_id uuid, redis_event jsonb)
    ), added as (
      insert into notifications
        (id, user_id, kind, title, message, priority, tags, actions, subject, occurrence_id, held_until)
      select id, user_id, kind, title, message, priority, tags, actions, subject, occurrence_id, held_until from wanted
      on conflict (occurrence_id) where kind = 'reminder' do nothing
      returning id
    ), web as (
      insert into deliveries (id, user_id, notification_id, channel, status, attempts, idempotency_key, sent_at)
      select web_delivery_id, user_id, id, 'web', case when held_until is null then 'sent' else 'pending' end,
             case when held_until is null then 1 else 0 end, 'web:' || id,
             case when held_until is null then (select app_now()) end
      from wanted join added using (id)
    ), redis as (
      insert into deliveries (id, user_id, notification_id, channel, body, idempotency_key)
      select redis_delivery_id, user_id, id, 'redis', redis_event, 'redis:' || id
      from wanted join added using (id) where redis_delivery_id is not null
    )
    select id from added`.execute(db);
  return new Set(added.map(({ id }) => id));
}
