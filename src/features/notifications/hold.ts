import type { NewLaneItem, Tx } from '#platform/db/index.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import { endWaiting, selectQuietHours } from './queries/quiet.ts';
import { endOfQuiet } from './quiet-hours.ts';

interface Told {
  user_id: string;
  kind: string;
  priority?: number;
}

/** With the lanes' waits, which grow to five minutes: about a day. */
const MAX_ATTEMPTS = 300;
/** What does not wait for anybody's quiet hours. */
const URGENT = 5;

/** Reminders come when their users have set them for; everything else may wait unless it is urgent. */
function mayWait({ kind, priority = 3 }: Told): boolean {
  return kind !== 'reminder' && priority < URGENT;
}

/** Until when each of these notifications waits, by its user's quiet hours; null for what is told at once. */
export async function quietEnds(tx: Tx, notifications: Told[]): Promise<(notification: Told) => Date | null> {
  const users = new Set(notifications.filter(mayWait).map(({ user_id }) => user_id));
  if (users.size === 0) return () => null;
  const rows = await selectQuietHours(tx.db, [...users]);
  const ends = new Map(rows.map(({ user_id, quiet, now }) => [user_id, endOfQuiet(quiet, now)]));
  return (notification) => (mayWait(notification) ? (ends.get(notification.user_id) ?? null) : null);
}

/** The work of telling it when its user's quiet hours have ended. */
export function releaseItem(
  { id, user_id, web_delivery_id }: { id: string; user_id: string; web_delivery_id: string },
  held_until: Date,
): NewLaneItem {
  return {
    key: `delivery:${web_delivery_id}`,
    user_id,
    type: 'system',
    kind: 'notification.release',
    payload: { notification_id: id },
    not_before: held_until,
  };
}

/** Tells the user's screens that there is something new. */
export function tellCreated(tx: Tx, { id, user_id }: { id: string; user_id: string }): void {
  tx.emit({
    user_id,
    type: 'notification.created',
    subject: `notification:${id}`,
    payload: { notification_id: id },
  });
}

/** Tells what has waited for the end of quiet hours, unless its user has read it meanwhile. */
export const releaseNotification: LaneHandler = {
  kind: 'notification.release',
  maxAttempts: MAX_ATTEMPTS,
  work: async (item, lease) => {
    const { notification_id } = item.payload as { notification_id: string };
    await lease.finish(async (tx) => {
      const waited = await endWaiting(tx.db, notification_id);
      if (!waited || waited.is_read || item.user_id === null) return;
      tellCreated(tx, { id: notification_id, user_id: item.user_id });
    });
  },
};
