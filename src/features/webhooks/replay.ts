import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { hurryLane } from '#platform/lanes/index.ts';
import type { WebhookDelivery } from './contract.ts';
import { TEST_EVENT } from './event-types.ts';
import { deliverItem, webhookLane } from './lanes.ts';
import { insertTest, reopenDeliveries, selectDelivery } from './queries/deliveries.ts';
import { insertDeliveries, selectSince } from './queries/fan-out.ts';
import { getWebhook } from './service.ts';

/** Events that one call sends again. */
const MAX_REPLAYED = 1_000;

function inactive(): AppError {
  return new AppError({
    code: 'webhooks.inactive',
    kind: 'conflict',
    message: 'The webhook is switched off: switch it on first',
  });
}

/** @throws AppError `webhooks.not_found`, `webhooks.delivery_not_found` */
export async function getDelivery(
  tx: Tx,
  userId: string,
  webhookId: string,
  id: string,
): Promise<WebhookDelivery> {
  await getWebhook(tx, userId, webhookId);
  const found = await selectDelivery(tx.db, webhookId, id);
  if (found) return found;
  throw new AppError({
    code: 'webhooks.delivery_not_found',
    kind: 'not_found',
    message: 'There is no such delivery',
  });
}

/**
 * Sends a delivery again, with its id, behind those that wait; one that waits itself is tried now.
 * @throws AppError `webhooks.inactive` and those of `getDelivery`
 */
export async function replayDelivery(
  tx: Tx,
  userId: string,
  webhookId: string,
  id: string,
): Promise<WebhookDelivery> {
  const delivery = await getDelivery(tx, userId, webhookId, id);
  const isTest = delivery.event_type === TEST_EVENT;
  if (!isTest && !(await getWebhook(tx, userId, webhookId)).is_active) throw inactive();
  const reopened = await reopenDeliveries(tx.db, webhookId, [id]);
  const of = { user_id: userId, webhook_id: webhookId };
  for (const again of reopened) tx.enqueue(deliverItem(of, again, { aside: isTest }));
  if (reopened.length === 0) await hurryLane(tx, webhookLane(webhookId));
  return await getDelivery(tx, userId, webhookId, id);
}

/**
 * Sends what has happened since an instant again, also what was never sent. Returns how many are on their way.
 * @throws AppError `webhooks.inactive`, `webhooks.not_found`
 */
export async function replaySince(tx: Tx, userId: string, webhookId: string, since: Date): Promise<number> {
  const { events, is_active } = await getWebhook(tx, userId, webhookId);
  if (!is_active) throw inactive();
  const of = { user_id: userId, webhook_id: webhookId };
  const found = await selectSince(tx.db, { ...of, events, since, count: MAX_REPLAYED });
  const known = found.flatMap(({ delivery_id }) => delivery_id ?? []);
  const reopened = new Set(known.length > 0 ? await reopenDeliveries(tx.db, webhookId, known) : []);
  const missing = found.filter(({ delivery_id }) => delivery_id === null);
  const added = await insertDeliveries(tx.db, of, missing);
  const addedInTurn = added[Symbol.iterator]();
  const ids = found.flatMap(({ delivery_id }): string[] => {
    if (delivery_id !== null) return reopened.has(delivery_id) ? [delivery_id] : [];
    return [...addedInTurn.take(1)];
  });
  tx.enqueue(...ids.map((id) => deliverItem(of, id)));
  return ids.length;
}

/**
 * A message of its own, sent once and beside what waits, whether the webhook is on or not. Returns its id.
 * @throws AppError `webhooks.not_found`
 */
export async function sendTest(tx: Tx, userId: string, webhookId: string): Promise<string> {
  await getWebhook(tx, userId, webhookId);
  const id = newId();
  const of = { user_id: userId, webhook_id: webhookId };
  await insertTest(tx.db, { id, ...of, event_type: TEST_EVENT });
  tx.enqueue(deliverItem(of, id, { aside: true }));
  return id;
}
