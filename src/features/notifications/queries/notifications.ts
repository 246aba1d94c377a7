import { sql, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

type NotificationTable = Omit<Selectable<Schema['notifications']>, 'user_id'>;

export type Delivery = Pick<Selectable<Schema['deliveries']>, (typeof deliveryColumns)[number]>;

export interface Notification extends NotificationTable {
  deliveries: Omit<Delivery, 'notification_id'>[];
}

const columns = [
  'id',
  'kind',
  'title',
  'message',
  'priority',
  'tags',
  'actions',
  'subject',
  'occurrence_id',
  'held_until',
  'read_at',
  'created_at',
  'updated_at',
] as const;

const deliveryColumns = [
  'id',
  'notification_id',
  'channel',
  'target',
  'status',
  'attempts',
  'error',
  'sent_at',
  'created_at',
  'updated_at',
] as const;

async function withDeliveries(db: Db, userId: string, rows: NotificationTable[]): Promise<Notification[]> {
  if (rows.length === 0) return [];
  const deliveries = await db
    .selectFrom('deliveries')
    .select(deliveryColumns)
    .where('user_id', '=', userId)
    .where(
      'notification_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('id')
    .execute();
  const byNotification = Map.groupBy(deliveries, ({ notification_id }) => notification_id);
  return rows.map((row) => ({
    ...row,
    deliveries: (byNotification.get(row.id) ?? []).map(({ notification_id: _, ...delivery }) => delivery),
  }));
}

/** Newest first, those older than the notification `before`; those that are unread, or read, where it is said. */
export async function selectNotifications(
  db: Db,
  userId: string,
  { unread, before, count }: { unread?: boolean | undefined; before: string | undefined; count: number },
): Promise<Notification[]> {
  const rows = await db
    .selectFrom('notifications')
    .select(columns)
    .where('user_id', '=', userId)
    .$if(unread !== undefined, (query) => query.where('read_at', unread ? 'is' : 'is not', null))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
  return await withDeliveries(db, userId, rows);
}

export async function selectNotification(
  db: Db,
  userId: string,
  id: string,
): Promise<Notification | undefined> {
  const rows = await db
    .selectFrom('notifications')
    .select(columns)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute();
  return (await withDeliveries(db, userId, rows))[0];
}

/** Those of these ids that there are. */
export async function selectOwnIds(db: Db, userId: string, ids: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('notifications')
    .select('id')
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id }) => id);
}

/** Marks these, or all, as read: the first time counts. Returns the ids of those that were unread. */
export async function setRead(db: Db, userId: string, ids: string[] | 'all'): Promise<string[]> {
  const rows = await db
    .updateTable('notifications')
    .set({ read_at: sql<Date>`app_now()` })
    .where('user_id', '=', userId)
    .$if(ids !== 'all', (query) => query.where('id', 'in', ids as string[]))
    // What has not been told is not among all that was seen.
    .$if(ids === 'all', (query) => query.where('held_until', 'is', null))
    .where('read_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function countUnread(db: Db, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .where('held_until', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Those about these subjects. Returns the ids of those that were unread. */
export async function setReadAbout(db: Db, userId: string, subjects: string[]): Promise<string[]> {
  const rows = await db
    .updateTable('notifications')
    .set({ read_at: sql<Date>`app_now()` })
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .where('subject', 'in', subjects)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
