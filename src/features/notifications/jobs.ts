import { record } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { AppError, messageOf } from '#platform/errors/index.ts';
import type { ClaimedItem, LaneHandler } from '#platform/lanes/index.ts';
import { beginAttempt, reopen, setNotSent, setSent } from './queries/deliveries.ts';
import type { RedisQueue } from './redis-queue.ts';

/** With the lanes' waits, which grow to five minutes: about a day. */
const MAX_ATTEMPTS = 300;

function deliveryId(item: ClaimedItem): string {
  return (item.payload as { delivery_id: string }).delivery_id;
}

function tellUpdated(tx: Tx, item: ClaimedItem, notificationId: string | null, status: string): void {
  const delivery_id = deliveryId(item);
  if (item.user_id === null) return;
  tx.emit({
    user_id: item.user_id,
    type: 'delivery.updated',
    subject: `delivery:${delivery_id}`,
    payload: { delivery_id, notification_id: notificationId, status },
  });
}

/**
 * Sends one delivery to the Redis queue, at least once: after a crash between the push and its record it is pushed
 * again, and readers tell by `payload.occurrence_id`.
 * @param queue undefined when there is none any more: what still waits for it is cancelled
 */
export function redisDelivery(queue: RedisQueue | undefined): LaneHandler {
  return {
    kind: 'notification.deliver',
    maxAttempts: MAX_ATTEMPTS,
    work: async (item, lease) => {
      const id = deliveryId(item);
      if (!queue) {
        await lease.finish(async (tx) => {
          const cancelled = await setNotSent(tx.db, id, 'cancelled', 'no Redis queue is configured');
          if (cancelled) tellUpdated(tx, item, cancelled.notification_id, 'cancelled');
        });
        return;
      }
      const delivery = await lease.transaction(async (tx) => await beginAttempt(tx.db, id));
      if (!delivery) return;
      try {
        await queue.push(JSON.stringify(delivery.body));
      } catch (cause) {
        await lease.transaction(async (tx) => {
          await setNotSent(tx.db, id, 'pending', messageOf(cause));
          tellUpdated(tx, item, delivery.notification_id, 'pending');
        });
        throw new AppError({
          code: 'notifications.redis_unavailable',
          kind: 'unavailable',
          message: `The Redis queue did not take the event: ${messageOf(cause)}`,
          cause,
        });
      }
      await lease.finish(async (tx) => {
        await setSent(tx.db, id);
        tellUpdated(tx, item, delivery.notification_id, 'sent');
      });
    },
    onParked: async (tx, item, error) => {
      const given = await setNotSent(tx.db, deliveryId(item), 'failed', error);
      if (!given || item.user_id === null) return;
      tellUpdated(tx, item, given.notification_id, 'failed');
      await record(tx, {
        user_id: item.user_id,
        actor: 'system',
        type: 'delivery.failed',
        level: 'error',
        message: `A notification could not be delivered to the Redis queue: ${error}`,
        subject: `delivery:${deliveryId(item)}`,
      });
    },
    onRetried: async (tx, item) => {
      const reopened = await reopen(tx.db, deliveryId(item));
      if (reopened) tellUpdated(tx, item, reopened.notification_id, 'pending');
    },
  };
}
