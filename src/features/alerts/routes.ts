import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { alert, isOpen } from './contract.ts';
import { selectAlerts } from './queries/alerts.ts';

export function alertRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/alerts',
        scope: 'notifications:read',
        summary: 'What is wrong now or was, newest first',
        description:
          'Your own and the system’s. Who is no admin sees of the system’s those that are open and of level `error`. ' +
          'The events `alert.raised` and `alert.cleared` say when to look again.',
        tag: 'Alerts',
        query: listQuery.extend({ open: isOpen.optional() }),
        responses: { 200: pageOf(alert) },
      },
      async ({ caller, query: { limit, cursor, open } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectAlerts(database.readAs(caller.user_id), caller.user_id, {
          open,
          before,
          count: limit + 1,
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
  ];
}
