import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { lookUntil, type Signals } from '#platform/events/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { Answer, route, type Route } from '#platform/http/route.ts';
import * as contract from './contract.ts';
import { deliveryTopic } from './lanes.ts';
import { selectDeliveries, selectDelivery } from './queries/deliveries.ts';
import { getDelivery, replayDelivery, replaySince, sendTest } from './replay.ts';
import { TIMEOUT_MS } from './send.ts';
import { getWebhook } from './service.ts';

const tag = 'Webhooks';
const path = '/api/webhooks/{id}';
const params = z.strictObject({ id });
const one = {
  path: `${path}/deliveries/{delivery_id}`,
  params: z.strictObject({ id, delivery_id: id }),
  tag,
} as const;

/** What a test may take beyond the receiver's own time. */
const TEST_MARGIN_MS = 5_000;

/** What a webhook was sent, and sending it again. */
export function deliveryRoutes({ database, signals }: { database: Database; signals: Signals }): Route[] {
  return [
    route(
      {
        method: 'post',
        path: `${path}/test`,
        params,
        tag,
        scope: 'settings:write',
        summary: 'Send it a `webhook.test`, once, also when it is off',
        description: '200 with what came of it, or 202 when that is not known in time.',
        responses: { 200: contract.webhookDelivery, 202: contract.webhookDelivery },
      },
      async ({ caller: { user_id }, params: { id: webhook_id }, request }) => {
        const delivery_id = await database.asUser(
          user_id,
          async (tx) => await sendTest(tx, user_id, webhook_id),
        );
        const wait_ms = TIMEOUT_MS + TEST_MARGIN_MS;
        const delivery = await lookUntil(
          { signals, topic: deliveryTopic(delivery_id), wait_ms, signal: request.signal },
          async () => await selectDelivery(database.readAs(user_id), webhook_id, delivery_id),
          (found) => found?.status !== 'pending',
        );
        if (delivery) return new Answer(delivery.status === 'pending' ? 202 : 200, delivery);
        throw new AppError({
          code: 'webhooks.not_found',
          kind: 'not_found',
          message: 'The webhook was deleted meanwhile',
        });
      },
    ),
    route(
      {
        method: 'get',
        path: `${path}/deliveries`,
        params,
        tag,
        scope: 'settings:read',
        summary: 'What it was sent and is to be sent, newest first; kept for 30 days',
        query: listQuery.extend(contract.deliveryFilter.shape),
        responses: { 200: pageOf(contract.webhookDelivery) },
      },
      async ({ caller: { user_id }, params: { id: webhookId }, query: { limit, cursor, status } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await database.asUser(user_id, async (tx) => {
          await getWebhook(tx, user_id, webhookId);
          return await selectDeliveries(tx.db, webhookId, { status, before, count: limit + 1 });
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        ...one,
        method: 'get',
        scope: 'settings:read',
        summary: 'One delivery',
        responses: { 200: contract.webhookDelivery },
      },
      async ({ caller: { user_id }, params: { id: webhookId, delivery_id } }) =>
        await database.asUser(user_id, async (tx) => await getDelivery(tx, user_id, webhookId, delivery_id)),
    ),
    route(
      {
        ...one,
        path: `${one.path}/replay`,
        method: 'post',
        scope: 'settings:write',
        summary: 'Send it again, with the same id; one that waits for its next attempt is tried now',
        responses: { 202: contract.webhookDelivery },
      },
      async ({ caller: { user_id }, params: { id: webhookId, delivery_id } }) =>
        await database.asUser(
          user_id,
          async (tx) => await replayDelivery(tx, user_id, webhookId, delivery_id),
        ),
    ),
    route(
      {
        method: 'post',
        path: `${path}/replay`,
        params,
        tag,
        scope: 'settings:write',
        summary: 'Send what has happened since an instant again, also what was never sent',
        body: contract.replaySince,
        responses: { 202: contract.replayed },
      },
      async ({ caller: { user_id }, params: { id: webhookId }, body: { since } }) => ({
        replayed: await database.asUser(
          user_id,
          async (tx) => await replaySince(tx, user_id, webhookId, since),
        ),
      }),
    ),
  ];
}
