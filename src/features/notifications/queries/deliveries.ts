import { sql } from 'kysely';
import type { Db, JsonValue } from '#platform/db/index.ts';

export interface OpenDelivery {
  id: string;
  user_id: string;
  notification_id: string | null;
  body: JsonValue;
}

const open = ['pending', 'sending'] as const;

/** Counts an attempt; undefined when there is nothing left to do. */
export async function beginAttempt(db: Db, id: string): Promise<OpenDelivery | undefined> {
  return await db
    .updateTable('deliveries')
    .set((set) => ({ status: 'sending', attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('status', 'in', open)
    .returning(['id', 'user_id', 'notification_id', 'body'])
    .executeTakeFirst();
}

export async function setSent(db: Db, id: string): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ status: 'sent', sent_at: sql<Date>`app_now()`, error: null })
    .where('id', '=', id)
    .execute();
}

/** To be tried again, given up, or not to be sent at all. */
export async function setNotSent(
  db: Db,
  id: string,
  status: 'pending' | 'failed' | 'cancelled',
  error: string,
): Promise<{ notification_id: string | null } | undefined> {
  return await db
    .updateTable('deliveries')
    .set({ status, error })
    .where('id', '=', id)
    .where('status', 'in', open)
    .returning('notification_id')
    .executeTakeFirst();
}

/** What was given up is to be tried again. */
export async function reopen(db: Db, id: string): Promise<{ notification_id: string | null } | undefined> {
  return await db
    .updateTable('deliveries')
    .set({ status: 'pending' })
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .returning('notification_id')
    .executeTakeFirst();
}
