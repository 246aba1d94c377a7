import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { activityEntry, activityFilters } from './contract.ts';
import { selectActivity } from './queries.ts';

export function activityRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/activity',
        scope: 'settings:read',
        summary: 'What happened and why, newest first',
        tag: 'Activity',
        query: listQuery.extend(activityFilters),
        responses: { 200: pageOf(activityEntry) },
      },
      async ({ caller, query }) => {
        const { limit, cursor, ...filter } = query;
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectActivity(database.readAs(caller.user_id), caller.user_id, filter, {
          before,
          count: limit + 1,
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
  ];
}
