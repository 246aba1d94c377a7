import { sql } from 'kysely';
import type { Db, JsonValue } from '#platform/db/index.ts';
import type { WebhookDelivery } from '../contract.ts';

const columns = [
  'id',
  'webhook_id',
  'event_type',
  'event_seq',
  'subject',
  'payload',
  'event_at',
  'status',
  'attempts',
  'next_attempt_at',
  'response_status',
  'error',
  'duration_ms',
  'finished_at',
  'created_at',
  'updated_at',
] as const;

function deliveries(db: Db, webhookId: string) {
  return db
    .selectFrom('webhook_deliveries')
    .select(columns)
    .$castTo<WebhookDelivery>()
    .where('webhook_id', '=', webhookId);
}

export interface DeliveryPage {
  status?: WebhookDelivery['status'] | undefined;
  before: string | undefined;
  count: number;
}

/** Newest first. */
export async function selectDeliveries(
  db: Db,
  webhookId: string,
  { status, before, count }: DeliveryPage,
): Promise<WebhookDelivery[]> {
  return await deliveries(db, webhookId)
    .$if(status !== undefined, (query) => query.where('status', '=', status!))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

export async function selectDelivery(
  db: Db,
  webhookId: string,
  id: string,
): Promise<WebhookDelivery | undefined> {
  return await deliveries(db, webhookId).where('id', '=', id).executeTakeFirst();
}

export async function insertTest(
  db: Db,
  row: { id: string; user_id: string; webhook_id: string; event_type: string },
): Promise<void> {
  await db
    .insertInto('webhook_deliveries')
    .values({
      ...row,
      payload: JSON.stringify({ webhook_id: row.webhook_id }),
      event_at: sql<Date>`app_now()`,
    })
    .execute();
}

/** A delivery with what it takes to make an attempt. */
export interface ToSend {
  id: string;
  user_id: string;
  webhook_id: string;
  event_type: string;
  event_seq: number | null;
  subject: string | null;
  payload: Record<string, JsonValue>;
  event_at: Date;
  attempts: number;
  url: string;
  is_active: boolean;
  failures: number;
  secret: Buffer;
  /** Null when there is none, or its time is over. */
  old_secret: Buffer | null;
  now: Date;
}

/** Undefined when it is over, or gone. */
export async function selectToSend(db: Db, id: string): Promise<ToSend | undefined> {
  const { rows } = await sql<ToSend>`
    select d.id, d.user_id, d.webhook_id, d.event_type, d.event_seq, d.subject, d.payload, d.event_at, d.attempts,
           w.url, w.is_active, p.failures, w.secret, app_now() as now,
           case when w.old_secret_until > (select app_now()) then w.old_secret end as old_secret
    from webhook_deliveries d join webhooks w on w.id = d.webhook_id join webhook_progress p on p.webhook_id = w.id
    where d.id = ${id} and d.status = 'pending'`.execute(db);
  return rows[0];
}

export interface AttemptRow {
  status: WebhookDelivery['status'];
  attempts: number;
  response_status: number | null;
  error: string | null;
  duration_ms: number | null;
  /** Null when there is none. */
  next_in_ms: number | null;
}

export async function setAttempt(db: Db, id: string, { next_in_ms, ...row }: AttemptRow): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({
      ...row,
      next_attempt_at:
        next_in_ms === null ? null : sql<Date>`app_now() + ${next_in_ms}::int * interval '1 millisecond'`,
      finished_at: row.status === 'pending' ? null : sql<Date>`app_now()`,
    })
    .where('id', '=', id)
    .execute();
}

export async function noteSent(db: Db, webhookId: string): Promise<void> {
  await db
    .updateTable('webhook_progress')
    .set({ failures: 0, last_sent_at: sql<Date>`app_now()` })
    .where('webhook_id', '=', webhookId)
    .execute();
}

export async function noteFailure(db: Db, webhookId: string, error: string): Promise<void> {
  await db
    .updateTable('webhook_progress')
    .set(({ eb }) => ({
      failures: eb('failures', '+', 1),
      last_failed_at: sql<Date>`app_now()`,
      last_error: error,
    }))
    .where('webhook_id', '=', webhookId)
    .execute();
}

/** Puts ended ones back, as new. Returns their ids in the order of their events. */
export async function reopenDeliveries(db: Db, webhookId: string, ids: string[]): Promise<string[]> {
  const reopened = await db
    .updateTable('webhook_deliveries')
    .set({
      status: 'pending',
      attempts: 0,
      next_attempt_at: null,
      response_status: null,
      error: null,
      duration_ms: null,
      finished_at: null,
    })
    .where('webhook_id', '=', webhookId)
    .where('id', 'in', ids)
    .where('status', '!=', 'pending')
    .returning(['id', 'event_seq'])
    .execute();
  return reopened.toSorted((a, b) => (a.event_seq ?? 0) - (b.event_seq ?? 0)).map(({ id }) => id);
}

/** Removes what ended before this, up to 10,000 at once. */
export async function pruneDeliveries(db: Db, olderThan: Date): Promise<void> {
  await sql`
    delete from webhook_deliveries where id in (
      select id from webhook_deliveries where finished_at < ${olderThan} order by finished_at limit 10000)`.execute(
    db,
  );
}
