import { z } from 'zod';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from './contract.ts';
import { selectWebhooks } from './queries/webhooks.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  rotateSecret,
  updateWebhook,
  type WebhookDeps,
} from './service.ts';

const tag = 'Webhooks';
const path = '/api/webhooks';
const one = { path: '/api/webhooks/{id}', params: z.strictObject({ id }), tag } as const;

const MESSAGES =
  'Messages are signed as the Standard Webhooks specification says (headers `webhook-id`, `webhook-timestamp`, ' +
  '`webhook-signature`): POST with `{type, timestamp, data}`, where `data` has what the event has and its `seq` and ' +
  '`subject`. Beside that, as the API shows them at the time of sending and null when they are gone: `reminder` and ' +
  '`notification` with `reminder.fired`, `reminder` with `reminder.updated`, `notification` with ' +
  '`notification.created`, `message` with `message.created`, `.completed` and `.failed`. Each is sent at least once, ' +
  'in the order of the events; readers tell by `webhook-id`. What is not taken with a 2xx within 15 s is tried again ' +
  'for two days, `Retry-After` is heeded, redirects are not followed. 410, or nothing taken for two days, switches the ' +
  'webhook off. Events are to be read with the scopes they belong to, e.g. `chat:read` for `message.completed`.';

/** `/api/webhooks` itself. */
export function webhookRoutes(deps: WebhookDeps): Route[] {
  const { database } = deps;
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'settings:read',
        summary: 'Webhooks, newest first',
        query: listQuery,
        responses: { 200: pageOf(contract.webhook) },
      },
      async ({ caller: { user_id }, query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectWebhooks(database.readAs(user_id), user_id, { before, count: limit + 1 });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'post',
        path,
        tag,
        scope: 'settings:write',
        summary: 'Set up a webhook; its secret is shown this once',
        description: MESSAGES,
        body: contract.createWebhook,
        responses: { 201: contract.webhookWithSecret },
      },
      async ({ caller, body }) => await createWebhook(deps, caller, body),
    ),
    route(
      {
        ...one,
        method: 'get',
        scope: 'settings:read',
        summary: 'One webhook',
        responses: { 200: contract.webhook },
      },
      async ({ caller: { user_id }, params }) =>
        await database.asUser(user_id, async (tx) => await getWebhook(tx, user_id, params.id)),
    ),
    route(
      {
        ...one,
        method: 'patch',
        scope: 'settings:write',
        summary: 'Change a webhook, or switch it on or off',
        description: 'What happens while it is off is not sent later, but see `replay`.',
        body: contract.updateWebhook,
        responses: { 200: contract.webhook },
      },
      async ({ caller, params, body }) =>
        await database.asUser(caller.user_id, async (tx) => await updateWebhook(tx, caller, params.id, body)),
    ),
    route(
      {
        ...one,
        method: 'delete',
        scope: 'settings:write',
        summary: 'Delete a webhook with its deliveries',
        responses: { 204: null },
      },
      async ({ caller: { user_id }, params }) => {
        await database.asUser(user_id, async (tx) => await deleteWebhook(tx, user_id, params.id));
      },
    ),
    route(
      {
        ...one,
        path: `${one.path}/rotate-secret`,
        method: 'post',
        scope: 'settings:write',
        summary: 'A new secret, shown this once; for a day the one before signs, too',
        responses: { 200: contract.webhookWithSecret },
      },
      async ({ caller: { user_id }, params }) => await rotateSecret(deps, user_id, params.id),
    ),
  ];
}
