import { sql } from 'kysely';
import type { Db, JsonValue } from '#platform/db/index.ts';

/** An alert as it is shown. */
export interface AlertRecord {
  id: string;
  user_id: string | null;
  level: 'warning' | 'error';
  code: string;
  message: string;
  subject: string | null;
  metadata: JsonValue;
  raised_at: Date;
  cleared_at: Date | null;
}

/**
 * Newest first, those older than the alert `before`: the user's own and of the system's what they may see, which row
 * security says too. What the system's are made of is for admins.
 */
export async function selectAlerts(
  db: Db,
  userId: string,
  { open, before, count }: { open: boolean | undefined; before: string | undefined; count: number },
): Promise<AlertRecord[]> {
  const { rows } = await sql<AlertRecord>`
    with caller as materialized (select role = 'admin' as is_admin from users where id = ${userId})
    select a.id, a.user_id, a.level, a.code, a.message, a.subject, a.raised_at, a.cleared_at,
           case when a.user_id is null and not (select is_admin from caller) then '{}' else a.metadata end as metadata
    from alerts a
    where (a.user_id = ${userId}
           or a.user_id is null
              and ((select is_admin from caller) or a.cleared_at is null and a.level = 'error'))
      ${open === undefined ? sql`` : open ? sql`and a.cleared_at is null` : sql`and a.cleared_at is not null`}
      ${before === undefined ? sql`` : sql`and a.id < ${before}`}
    order by a.id desc limit ${count}`.execute(db);
  return rows;
}

/** The system's open ones of a code, newest first. For the system role. */
export async function openAlerts(
  db: Db,
  code: string,
): Promise<Pick<AlertRecord, 'metadata' | 'raised_at'>[]> {
  const { rows } = await sql<AlertRecord>`
    select metadata, raised_at from alerts
     where user_id is null and cleared_at is null and code = ${code} order by id desc limit 100`.execute(db);
  return rows;
}

/** Those whose account is open, admins first and at most `limit` of them. For the system role. */
export async function selectActiveUsers(db: Db, limit: number): Promise<{ id: string; is_admin: boolean }[]> {
  const { rows } = await sql<{ id: string; is_admin: boolean }>`
    select id, role = 'admin' as is_admin from users where is_active
    order by role = 'admin' desc, id limit ${limit}`.execute(db);
  return rows;
}

/** Removes what was cleared before this, up to 10,000 at once. */
export async function deleteCleared(db: Db, before: Date): Promise<void> {
  await sql`delete from alerts where id in
    (select id from alerts where cleared_at < ${before} order by cleared_at limit 10000)`.execute(db);
}
