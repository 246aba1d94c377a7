import { z } from 'zod';
import { findUserById } from '#features/users/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import type { Database } from '#platform/db/index.ts';
import { id, instant, text } from '#platform/http/fields.ts';
import { listOf } from '#platform/http/list-of.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import {
  createReminder as createBody,
  previewReminder as previewBody,
  reminder,
  reminderPreview,
  reminderStatus,
  reminderType,
  snoozeReminder as snoozeBody,
  updateReminder as updateBody,
} from './contract.ts';
import { occurrenceRoutes } from './occurrence-routes.ts';
import { previewOfWords } from './preview.ts';
import { listByNext, listReminders, listScheduled } from './queries.ts';
import {
  createReminder,
  deleteReminder,
  finishReminder,
  getReminder,
  present,
  snoozeReminder,
} from './service.ts';
import { changeReminder, SEES_ALL, SETS_ALL } from './for-everyone.ts';

const params = z.strictObject({ id });
const idKey = z.tuple([id]);
const nextKey = z.tuple([instant.nullable(), id]);
const tag = 'Reminders';
const read = 'reminders:read';
const write = 'reminders:write';

export function reminderRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/reminders',
        scope: read,
        summary: 'Your reminders, newest first, or those that come next first',
        tag,
        query: listQuery.extend({
          status: listOf(reminderStatus).optional(),
          type: reminderType.optional(),
          q: text(200).optional().describe('Only those with all these words in title or text.'),
          order: z
            .enum(['created', 'next'])
            .default('created')
            .describe('`next`: by the next instant, soonest first; those without one come last.'),
        }),
        responses: { 200: pageOf(reminder) },
      },
      async ({ caller, query: { limit, cursor, order, ...filter } }) => {
        const db = database.readAs(caller.user_id);
        const wanted = { ...filter, limit: limit + 1 };
        if (order === 'next') {
          const after = decodeCursor(cursor, nextKey);
          const rows = await listByNext(db, caller.user_id, { ...wanted, after });
          return page(rows.map(present), limit, (row) => [row.next_fire_at, row.id]);
        }
        const before = decodeCursor(cursor, idKey)?.[0];
        const rows = await listReminders(db, caller.user_id, { ...wanted, before });
        return page(rows.map(present), limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/reminders',
        scope: write,
        summary: 'Set a reminder',
        description:
          'One-time by instant or local time, or recurring by cron. Answers the next three local times.',
        tag,
        body: createBody,
        responses: { 201: reminder },
      },
      async ({ caller, body }) =>
        await database.asUser(caller.user_id, async (tx) => await createReminder(tx, caller.user_id, body)),
    ),
    route(
      {
        method: 'post',
        path: '/api/reminders/preview',
        scope: read,
        summary: 'What a reminder in your own words would be, before it is set',
        description:
          'In English or Russian. Where anything is missing or unsure, `understood` is null and `question` asks.',
        tag,
        body: previewBody,
        responses: { 200: reminderPreview },
      },
      async ({ caller, body }) =>
        await database.asUser(caller.user_id, async (tx) => {
          const user = await findUserById(tx.db, caller.user_id);
          const timezone = body.timezone ?? user?.timezone ?? 'UTC';
          const now = await appNow(tx.db);
          return previewOfWords(body.text, { now, timezone, locale: user?.locale ?? 'en' });
        }),
    ),
    route(
      {
        method: 'get',
        path: '/api/reminders/scheduled',
        scope: read,
        wider_scope: SEES_ALL,
        summary: 'Active reminders with their next instants, soonest first',
        description: `With \`${SEES_ALL}\` everyone's.`,
        tag,
        responses: { 200: z.strictObject({ items: z.array(reminder) }) },
      },
      async ({ caller }) => {
        const rows = caller.scopes.includes(SEES_ALL)
          ? await listScheduled(database.system, undefined)
          : await listScheduled(database.readAs(caller.user_id), caller.user_id);
        return { items: rows.map(present) };
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/reminders/{id}',
        scope: read,
        summary: 'One reminder',
        tag,
        params,
        responses: { 200: reminder },
      },
      async ({ caller, params: { id: reminderId } }) =>
        present(
          await database.asUser(
            caller.user_id,
            async (tx) => await getReminder(tx, caller.user_id, reminderId),
          ),
        ),
    ),
    route(
      {
        method: 'patch',
        path: '/api/reminders/{id}',
        scope: write,
        wider_scope: SETS_ALL,
        summary: 'Change a reminder, or pause, resume, complete or cancel it',
        description: `With \`${SETS_ALL}\` the status of anybody's.`,
        tag,
        params,
        body: updateBody,
        responses: { 200: reminder },
      },
      async ({ caller, params: { id: reminderId }, body }) =>
        await changeReminder(database, caller, reminderId, body),
    ),
    route(
      {
        method: 'delete',
        path: '/api/reminders/{id}',
        scope: write,
        summary: 'Delete a reminder with its history',
        tag,
        params,
        responses: { 204: null },
      },
      async ({ caller, params: { id: reminderId } }) =>
        await database.asUser(caller.user_id, async (tx) => {
          await deleteReminder(tx, caller.user_id, reminderId);
          return undefined;
        }),
    ),
    route(
      {
        method: 'post',
        path: '/api/reminders/{id}/snooze',
        scope: write,
        summary: 'Put a reminder off',
        description:
          'Makes a one-time reminder with the same words and answers it; the rule it came from is untouched.',
        tag,
        params,
        body: snoozeBody,
        responses: { 200: reminder },
      },
      async ({ caller, params: { id: reminderId }, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await snoozeReminder(tx, caller.user_id, reminderId, body),
        ),
    ),
    route(
      {
        method: 'post',
        path: '/api/reminders/{id}/done',
        scope: write,
        summary: 'Mark a reminder as done',
        description: 'A one-time reminder is completed, even before its time; a recurring one goes on.',
        tag,
        params,
        responses: { 200: reminder },
      },
      async ({ caller, params: { id: reminderId } }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await finishReminder(tx, caller.user_id, reminderId),
        ),
    ),
    ...occurrenceRoutes(database),
  ];
}
