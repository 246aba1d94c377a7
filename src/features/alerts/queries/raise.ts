import { sql } from 'kysely';
import type { Db, JsonValue } from '#platform/db/index.ts';

export interface AlertRow {
  id: string;
  key: string;
  user_id: string | null;
  level: 'warning' | 'error';
  code: string;
  message: string;
  subject: string | null;
  metadata: Record<string, JsonValue>;
  /** It is over as soon as it is told. */
  passing: boolean;
}

/** Either way, since the clock may have been set meanwhile. */
const notifiedWithinTheHour = sql`a.is_notified
  and a.raised_at between app_now() - interval '1 hour' and app_now() + interval '1 hour'`;

/**
 * Writes an alert unless its key is open. `notifies` says whether it is to become a notification: of a key once an hour,
 * of a user's alerts of one code no more than `most` an hour.
 */
export async function insertAlert(
  db: Db,
  row: AlertRow,
  most: number,
): Promise<{ notifies: boolean } | undefined> {
  const { id, key, user_id, level, code, message, subject, metadata, passing } = row;
  const { rows } = await sql<{ notifies: boolean }>`
    insert into alerts (id, user_id, key, level, code, message, subject, metadata, cleared_at, is_notified)
    select ${id}::uuid, ${user_id}::uuid, ${key}, ${level}, ${code}, ${message}, ${subject},
      ${JSON.stringify(metadata)}::jsonb, case when ${passing}::boolean then app_now() end,
      not exists (select from alerts a where a.key = ${key} and ${notifiedWithinTheHour})
        and (select count(*) from alerts a where a.user_id = ${user_id}::uuid and a.code = ${code}
             and ${notifiedWithinTheHour}) < ${most}::int
    on conflict (key) where cleared_at is null do nothing
    returning is_notified as notifies`.execute(db);
  return rows[0];
}

export interface ClearedAlert {
  id: string;
  user_id: string | null;
  level: 'warning' | 'error';
  code: string;
  message: string;
}

export async function closeAlerts(db: Db, keys: string[]): Promise<ClearedAlert[]> {
  const { rows } = await sql<ClearedAlert>`
    update alerts set cleared_at = app_now() where key = any(${keys}::text[]) and cleared_at is null
    returning id, user_id, level, code, message`.execute(db);
  return rows;
}

/** Whoever else asks for this key waits until the transaction ends. */
export async function lockKey(db: Db, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(46181, hashtext(${key}))`.execute(db);
}

/** What was raised under this key so many ms ago at most, by a clock that may have been set meanwhile. */
export async function selectRecent(db: Db, key: string, withinMs: number): Promise<JsonValue[]> {
  const { rows } = await sql<{ metadata: JsonValue }>`
    select metadata from alerts where key = ${key}
      and abs(extract(epoch from app_now() - raised_at)) * 1000 < ${withinMs}::int`.execute(db);
  return rows.map(({ metadata }) => metadata);
}
