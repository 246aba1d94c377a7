import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { Webhook } from '../contract.ts';

const shown = [
  'w.id',
  'w.url',
  'w.events',
  'w.description',
  'w.is_active',
  'w.disabled_at',
  'w.disabled_reason',
  'p.failures',
  'p.last_sent_at',
  'p.last_failed_at',
  'p.last_error',
  'w.old_secret_until',
  'w.created_at',
  'w.updated_at',
] as const;

function webhooks(db: Db, userId: string) {
  return db
    .selectFrom('webhooks as w')
    .innerJoin('webhook_progress as p', 'p.webhook_id', 'w.id')
    .select(shown)
    .$castTo<Webhook>()
    .where('w.user_id', '=', userId);
}

/** Newest first, those made before the webhook `before`. */
export async function selectWebhooks(
  db: Db,
  userId: string,
  { before, count }: { before: string | undefined; count: number },
): Promise<Webhook[]> {
  return await webhooks(db, userId)
    .$if(before !== undefined, (query) => query.where('w.id', '<', before!))
    .orderBy('w.id', 'desc')
    .limit(count)
    .execute();
}

export async function selectWebhook(db: Db, userId: string, id: string): Promise<Webhook | undefined> {
  return await webhooks(db, userId).where('w.id', '=', id).executeTakeFirst();
}

/** How many the user has; nobody else adds one until the transaction ends. */
export async function countWebhooks(db: Db, userId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${userId}`}, 0))`.execute(db);
  const { count } = await db
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return count;
}

export interface NewWebhookRow {
  id: string;
  user_id: string;
  url: string;
  description: string;
  events: string[];
  is_active: boolean;
  secret: Buffer;
}

/** The seq of the user's last event that is kept. */
function newestEvent(userId: string) {
  return sql<number>`(select coalesce(max(seq), 0) from events where user_id = ${userId})`;
}

/** What happens from now on is for it. */
export async function insertWebhook(db: Db, row: NewWebhookRow): Promise<void> {
  await db.insertInto('webhooks').values(row).execute();
  await sql`
    insert into webhook_progress (webhook_id, user_id, after_seq)
    values (${row.id}, ${row.user_id}, ${newestEvent(row.user_id)})`.execute(db);
}

export interface WebhookChange {
  url?: string | undefined;
  description?: string | undefined;
  events?: string[] | undefined;
  is_active?: boolean | undefined;
}

/** One that is switched on or off by a person is not switched off by us any more. */
export async function updateWebhookRow(
  db: Db,
  userId: string,
  id: string,
  change: WebhookChange,
): Promise<void> {
  await db
    .updateTable('webhooks')
    .set({
      ...change,
      ...(change.is_active !== undefined && { disabled_at: null, disabled_reason: null }),
    })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute();
}

/** It was switched off: what happened meanwhile is not for it, and nothing is held against it. */
export async function startAnew(db: Db, userId: string, id: string): Promise<void> {
  await sql`
    update webhook_progress set after_seq = ${newestEvent(userId)}, failures = 0
    where user_id = ${userId} and webhook_id = ${id}`.execute(db);
}

/** Returns whether it was on: who switches it off first tells. */
export async function disableWebhook(db: Db, id: string, reason: 'failing' | 'gone'): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('webhooks')
    .set({ is_active: false, disabled_at: sql<Date>`app_now()`, disabled_reason: reason })
    .where('id', '=', id)
    .where('is_active', '=', true)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Returns false where there is no such webhook of theirs. */
export async function deleteWebhookRow(db: Db, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('webhooks')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The sealed secret in use, its row locked until the transaction ends. */
export async function lockSecret(db: Db, userId: string, id: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('webhooks')
    .select('secret')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.secret;
}

export async function updateSecrets(
  db: Db,
  id: string,
  { secret, old_secret, old_secret_ms }: { secret: Buffer; old_secret: Buffer; old_secret_ms: number },
): Promise<void> {
  await db
    .updateTable('webhooks')
    .set({
      secret,
      old_secret,
      old_secret_until: sql<Date>`app_now() + ${old_secret_ms}::int * interval '1 millisecond'`,
    })
    .where('id', '=', id)
    .execute();
}

/** Forgets secrets that sign no more. */
export async function forgetOldSecrets(db: Db): Promise<void> {
  await sql`
    update webhooks set old_secret = null, old_secret_until = null
    where old_secret_until < (select app_now())`.execute(db);
}
