import { sql, type RawBuilder } from 'kysely';

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

/*
 * The clock is asked once a statement: as the default of two columns it would take as long as the row.
 */

/**
 * Any number of notifications in one statement. Answers the ids of those that are new: a reminder's occurrence that has
 * its notification gets no other.
 */
export function notificationsInsert(rows: NotificationRow[]): RawBuilder<{ id: string }> {
  return sql`
    with clock as materialized (select app_now() as now)
    insert into notifications (id, user_id, kind, title, message, priority, tags, actions, subject, occurrence_id,
                               held_until, created_at, updated_at)
    select id, user_id, kind, title, message, priority, tags, actions, subject, occurrence_id, held_until, now, now
    from clock, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (
      id uuid, user_id uuid, kind text, title text, message text, priority smallint, tags text[], actions jsonb,
      subject text, occurrence_id uuid, held_until timestamptz)
    on conflict (occurrence_id) where kind = 'reminder' do nothing
    returning id`;
}

/** Their deliveries. Committed is delivered for the channel web, unless it waits. */
export function deliveriesInsert(rows: NotificationRow[]): RawBuilder<unknown> {
  const deliveries = rows.flatMap((row) => [
    {
      ...row,
      delivery_id: row.web_delivery_id,
      channel: 'web',
      body: null,
      is_sent: row.held_until === null,
    },
    ...(row.redis_delivery_id === null
      ? []
      : [
          {
            ...row,
            delivery_id: row.redis_delivery_id,
            channel: 'redis',
            body: row.redis_event,
            is_sent: false,
          },
        ]),
  ]);
  return sql`
    with clock as materialized (select app_now() as now)
    insert into deliveries (id, user_id, notification_id, channel, body, status, attempts, idempotency_key, sent_at,
                            created_at, updated_at)
    select d.id, d.user_id, d.notification_id, d.channel, d.body, case when d.is_sent then 'sent' else 'pending' end,
           d.is_sent::int, d.channel || ':' || d.notification_id, case when d.is_sent then now end, now, now
    from clock, unnest(
      ${deliveries.map(({ delivery_id }) => delivery_id)}::uuid[], ${deliveries.map((d) => d.user_id)}::uuid[],
      ${deliveries.map(({ id }) => id)}::uuid[], ${deliveries.map(({ channel }) => channel)}::text[],
      ${deliveries.map(({ body }) => (body === null ? null : JSON.stringify(body)))}::jsonb[],
      ${deliveries.map(({ is_sent }) => is_sent)}::boolean[]) as d(id, user_id, notification_id, channel, body, is_sent)`;
}
