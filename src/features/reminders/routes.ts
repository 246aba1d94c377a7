import { z } from 'zod';
import { listOccurrences } from '#features/schedules/index.ts';
import { findUserById } from '#features/users/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import {
  createReminder as createBody,
  occurrence,
  previewReminder as previewBody,
  reminder,
  reminderPreview,
  reminderStatus,
  reminderType,
  snoozeReminder as snoozeBody,
  updateReminder as updateBody,
} from './contract.ts';
import { previewOfWords } from './preview.ts';
import { listReminders, listScheduled } from './queries.ts';
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
        summary: 'Your reminders, newest first',
        tag,
        query: listQuery.extend({ status: reminderStatus.optional(), type: reminderType.optional() }),
        responses: { 200: pageOf(reminder) },
      },
      async ({ caller, query }) => {
        const before = decodeCursor(query.cursor, idKey)?.[0];
        const filter = { status: query.status, type: query.type, before, limit: query.limit + 1 };
        const rows = await listReminders(database.readAs(caller.user_id), caller.user_id, filter);
        return page(rows.map(present), query.limit, (row) => [row.id]);
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
    route(
      {
        method: 'get',
        path: '/api/reminders/{id}/occurrences',
        scope: read,
        summary: 'When it was due and what became of it, newest first',
        tag,
        params,
        query: listQuery,
        responses: { 200: pageOf(occurrence) },
      },
      async ({ caller, params: { id: reminderId }, query }) => {
        const before = decodeCursor(query.cursor, idKey)?.[0];
        const rows = await database.asUser(caller.user_id, async (tx) => {
          const { schedule_id } = await getReminder(tx, caller.user_id, reminderId);
          return await listOccurrences(tx.db, schedule_id, { limit: query.limit + 1, before });
        });
        return page(
          rows.map(
            ({ id: occurrenceId, due_at, until, count, fired_at, fate, late_ms, reason, revision }) => ({
              id: occurrenceId,
              due_at,
              until,
              count,
              fired_at,
              fate,
              late_ms,
              reason,
              revision,
            }),
          ),
          query.limit,
          (row) => [row.id],
        );
      },
    ),
  ];
}
