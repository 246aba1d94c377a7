import { z } from 'zod';
import { listOccurrences } from '#features/schedules/index.ts';
import type { Database } from '#platform/db/index.ts';
import { id, instant } from '#platform/http/fields.ts';
import { listOf } from '#platform/http/list-of.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { fate, occurrence, occurrenceOfReminder } from './contract.ts';
import { selectOccurrences } from './queries/occurrences.ts';
import { getReminder } from './service.ts';

const tag = 'Reminders';
const scope = 'reminders:read';

/** What became of reminders: of one, and of all. */
export function occurrenceRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/reminders/{id}/occurrences',
        scope,
        summary: 'When it was due and what became of it, newest first',
        tag,
        params: z.strictObject({ id }),
        query: listQuery,
        responses: { 200: pageOf(occurrence) },
      },
      async ({ caller, params, query }) => {
        const before = decodeCursor(query.cursor, z.tuple([id]))?.[0];
        const rows = await database.asUser(caller.user_id, async (tx) => {
          const { schedule_id } = await getReminder(tx, caller.user_id, params.id);
          return await listOccurrences(tx.db, schedule_id, { limit: query.limit + 1, before });
        });
        return page(
          rows.map(
            ({ schedule_id: _, user_id: _user, created_at: _at, updated_at: _then, ...shown }) => shown,
          ),
          query.limit,
          (row) => [row.id],
        );
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/occurrences',
        scope,
        summary: 'When your reminders were due and what became of it, latest first',
        description: 'What a deleted reminder left is deleted with it.',
        tag,
        query: listQuery.extend({
          fate: listOf(fate).optional(),
          from: instant.optional().describe('Due not before this instant.'),
          to: instant.optional().describe('Due before this instant.'),
        }),
        responses: { 200: pageOf(occurrenceOfReminder) },
      },
      async ({ caller, query: { limit, cursor, ...filter } }) => {
        const key = decodeCursor(cursor, z.tuple([instant, id]));
        const rows = await selectOccurrences(database.readAs(caller.user_id), caller.user_id, filter, {
          after: key && { due_at: key[0], id: key[1] },
          count: limit + 1,
        });
        return page(rows, limit, (row) => [row.due_at, row.id]);
      },
    ),
  ];
}
