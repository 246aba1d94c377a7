import type { NewLaneItem } from '#platform/db/index.ts';

/** The kind of the lane items that send a delivery. */
export const DELIVER = 'webhook.deliver';

/** The lane in which a webhook gets its events, one after the other. */
export function webhookLane(webhookId: string): string {
  return `webhook:${webhookId}`;
}

/** The work of sending a delivery: behind those that wait, or, for a test, beside them. */
export function deliverItem(
  of: { user_id: string; webhook_id: string },
  delivery_id: string,
  { aside = false } = {},
): NewLaneItem {
  const lane = webhookLane(of.webhook_id);
  return {
    key: aside ? `${lane}/${delivery_id}` : lane,
    user_id: of.user_id,
    type: 'user',
    kind: DELIVER,
    payload: { delivery_id },
  };
}

/** Hinted when there are other webhooks to follow events for. */
export const WEBHOOKS_TOPIC = 'webhooks';

/** Hinted when a test was sent. */
export function deliveryTopic(deliveryId: string): string {
  return `webhook_delivery:${deliveryId}`;
}
