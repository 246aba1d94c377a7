import type { Database } from '#platform/db/index.ts';
import { instant } from '#platform/http/fields.ts';
import { listQuery, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { preview, previewRequest, upcoming } from './contract.ts';
import { previewFor, upcomingPage } from './upcoming.ts';

const tag = 'Schedules';

export function scheduleRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/schedules',
        scope: 'reminders:read',
        summary: 'Everything of yours that will fire, soonest first',
        description: 'Each once, at its next instant; with `until` every time of each up to then.',
        tag,
        query: listQuery.extend({
          until: instant.optional().describe('Every time up to this instant'),
          from: instant.optional().describe('With `until`: no time before this instant'),
        }),
        responses: { 200: pageOf(upcoming) },
      },
      async ({ caller, query }) => await upcomingPage(database.readAs(caller.user_id), caller.user_id, query),
    ),
    route(
      {
        method: 'post',
        path: '/api/schedules/preview',
        scope: 'reminders:read',
        summary: 'When a rule would fire, before it is saved',
        tag,
        body: previewRequest,
        responses: { 200: preview },
      },
      async ({ caller, body }) =>
        await database.asUser(caller.user_id, async (tx) => await previewFor(tx, caller.user_id, body)),
    ),
  ];
}
