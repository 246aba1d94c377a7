import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from './contract.ts';
import { countUnread, selectNotifications } from './queries/notifications.ts';
import { createNotification, readNotification, readNotifications } from './service.ts';

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
        query: listQuery.extend({ unread: contract.isUnread.optional() }),
        responses: { 200: pageOf(contract.notification) },
      },
      async ({ caller, query: { limit, cursor, unread } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectNotifications(database.readAs(caller.user_id), caller.user_id, {
          unread,
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
        method: 'get',
        path: '/api/notifications/summary',
        tag,
        scope: 'notifications:read',
        summary: 'How many you have not read',
        responses: { 200: z.strictObject({ unread: z.int() }) },
      },
      async ({ caller }) => ({
        unread: await countUnread(database.readAs(caller.user_id), caller.user_id),
      }),
    ),
    route(
      {
        method: 'post',
        path: '/api/notifications/read',
        tag,
        scope: 'notifications:write',
        summary: 'Mark some as read, or all',
        description: 'Answers how many were unread. The event `notification.read` tells your other screens.',
        body: contract.readNotifications,
        responses: { 200: z.strictObject({ read: z.int() }) },
      },
      async ({ caller, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await readNotifications(tx, caller.user_id, body),
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
