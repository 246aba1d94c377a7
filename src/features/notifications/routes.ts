import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from './contract.ts';
import { selectNotifications } from './queries/notifications.ts';
import { createNotification, readNotification } from './service.ts';

const tag = 'Notifications';
const path = '/api/notifications';

export function notificationRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'notifications:read',
        summary: 'Your notifications and how each was delivered, newest first',
        query: listQuery,
        responses: { 200: pageOf(contract.notification) },
      },
      async ({ caller, query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectNotifications(database.readAs(caller.user_id), caller.user_id, {
          before,
          count: limit + 1,
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'post',
        path,
        tag,
        scope: 'notifications:write',
        summary: 'Notify yourself',
        body: contract.createNotification,
        responses: { 201: contract.notification },
      },
      async ({ caller, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await createNotification(tx, caller.user_id, body),
        ),
    ),
    route(
      {
        method: 'post',
        path: '/api/notifications/{id}/read',
        params: z.strictObject({ id }),
        tag,
        scope: 'notifications:write',
        summary: 'Mark as read',
        responses: { 200: contract.notification },
      },
      async ({ caller, params }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await readNotification(tx, caller.user_id, params.id),
        ),
    ),
  ];
}
