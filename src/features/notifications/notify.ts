import type { JsonValue, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { quietEnds, releaseItem, tellCreated } from './hold.ts';
import { deliveriesInsert, notificationsInsert, type NotificationRow } from './queries/insert.ts';

export interface NewNotification {
  /** Default: a new one. */
  id?: string;
  user_id: string;
  kind: 'reminder' | 'task' | 'approval' | 'draft' | 'system';
  title?: string | null;
  message: string;
  /** 1 lowest to 5 highest; default 3. */
  priority?: number;
  tags?: string[];
  /** What can be done about it at once, e.g. `{ action: 'snooze', minutes: 10 }`. */
  actions?: Record<string, JsonValue>[];
  /** `<thing>:<id>`: what it is about. */
  subject?: string | null;
  occurrence_id?: string | null;
  /** What other services get to read on the Redis queue; for reminders alone. */
  redis_event?: JsonValue;
}

/** Which channels beyond `web` the operator has set up. */
export interface Channels {
  redis: boolean;
}

async function rowsOf(
  tx: Tx,
  notifications: NewNotification[],
  channels: Channels,
): Promise<NotificationRow[]> {
  const heldUntil = await quietEnds(tx, notifications);
  return notifications.map((notification): NotificationRow => {
    const toRedis =
      channels.redis && notification.kind === 'reminder' && notification.redis_event !== undefined;
    return {
      id: notification.id ?? newId(),
      user_id: notification.user_id,
      kind: notification.kind,
      title: notification.title ?? null,
      message: notification.message,
      priority: notification.priority ?? 3,
      tags: notification.tags ?? [],
      actions: notification.actions ?? [],
      subject: notification.subject ?? null,
      occurrence_id: notification.occurrence_id ?? null,
      held_until: heldUntil(notification),
      web_delivery_id: newId(),
      redis_delivery_id: toRedis ? newId() : null,
      redis_event: toRedis ? notification.redis_event : null,
    };
  });
}

/** What follows from notifications and their deliveries: events and the courier's work. */
function follow(tx: Tx, rows: NotificationRow[]): void {
  for (const row of rows) {
    if (row.held_until) tx.enqueue(releaseItem(row, row.held_until));
    else tellCreated(tx, row);
    if (row.redis_delivery_id !== null) {
      tx.enqueue({
        key: `delivery:${row.redis_delivery_id}`,
        user_id: row.user_id,
        type: 'system',
        kind: 'notification.deliver',
        payload: { delivery_id: row.redis_delivery_id },
      });
    }
  }
}

/**
 * Tells users something: up to 1,000 notifications in a few statements, with their deliveries, events and the
 * courier's work. A second notification for a reminder's occurrence is left out. Returns the ids of those that were
 * written.
 */
export async function notify(
  tx: Tx,
  notifications: NewNotification[],
  channels: Channels,
): Promise<Set<string>> {
  if (notifications.length === 0) return new Set();
  const rows = await rowsOf(tx, notifications, channels);
  const { rows: added } = await notificationsInsert(rows).execute(tx.db);
  const written = new Set(added.map(({ id }) => id));
  const rowsWritten = rows.filter(({ id }) => written.has(id));
  await deliveriesInsert(rowsWritten).execute(tx.db);
  follow(tx, rowsWritten);
  return written;
}

/**
 * The same for occurrences that were made in this very transaction, so that none can have its notification: all of it is
 * written with the commit.
 */
export async function notifyNew(
  tx: Tx,
  notifications: (NewNotification & { occurrence_id: string })[],
  channels: Channels,
): Promise<void> {
  if (notifications.length === 0) return;
  const rows = await rowsOf(tx, notifications, channels);
  tx.last(notificationsInsert(rows));
  tx.last(deliveriesInsert(rows));
  follow(tx, rows);
}
