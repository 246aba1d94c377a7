import { findUserById } from '#features/users/index.ts';
import { z } from 'zod';
import { appNow } from '#platform/clock/app-now.ts';
import type { Database } from '#platform/db/index.ts';
import { id, instant } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { preview, previewRequest, upcoming } from './contract.ts';
import { previewOf } from './preview.ts';
import { forecast } from './forecast.ts';
import { listUpcoming, listUpcomingRules } from './queries/upcoming.ts';

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
      async ({ caller, query: { limit, cursor, until, from } }) => {
        const key = decodeCursor(cursor, z.tuple([instant, id]));
        const after = key && { next_fire_at: key[0], id: key[1] };
        // No id is before all of them.
        const start = after ?? (from && { next_fire_at: from, id: '' });
        const db = database.readAs(caller.user_id);
        const count = limit + 1;
        const rows = until
          ? forecast(await listUpcomingRules(db, caller.user_id, until), { after: start, until, count })
          : await listUpcoming(db, caller.user_id, { limit: count, after });
        return page(rows, limit, (row) => [row.next_fire_at, row.id]);
      },
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
        await database.asUser(caller.user_id, async (tx) => {
          const user = await findUserById(tx.db, caller.user_id);
          const { timezone, locale } = user ?? { timezone: 'UTC', locale: 'en' };
          return previewOf(body, { timezone, locale, now: await appNow(tx.db) });
        }),
    ),
  ];
}
