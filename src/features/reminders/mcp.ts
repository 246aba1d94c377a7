import { z } from 'zod';
import { findUserById } from '#features/users/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { id, instant, text } from '#platform/http/fields.ts';
import { decodeCursor, page, pageOf } from '#platform/http/pagination.ts';
import { ADDS, listInput, mcpTool, READS, REPLACES, type McpTool } from '#platform/mcp/index.ts';
import {
  createReminder as createBody,
  oneOf,
  reminder,
  reminderStatus,
  snoozeReminder as snoozeBody,
  updateReminder as updateBody,
  type CreateReminder,
} from './contract.ts';
import { previewOfWords } from './preview.ts';
import { listByNext } from './queries.ts';
import { createReminder, finishReminder, present, snoozeReminder, updateReminder } from './service.ts';

const read = 'reminders:read';
const write = 'reminders:write';

const { type: _, payload: __, catch_up, ...createFields } = createBody.shape;
const { payload: ___, ...updateFields } = updateBody.shape;

const createInput = z
  .strictObject({
    words: text(2_000)
      .optional()
      .describe('All in one, English or Russian: "water the plants every weekday at 8:30"; or the fields'),
    ...createFields,
    catch_up,
  })
  .refine((body) => oneOf(body.words, body.text), {
    path: ['text'],
    message: 'give exactly one of words and text',
  })
  .refine(
    ({ words, trigger_at, local_time, cron_expression, rrule }) =>
      oneOf(words, trigger_at, local_time, cron_expression, rrule),
    {
      path: ['trigger_at'],
      message: 'give exactly one of trigger_at, local_time, cron_expression and rrule; with words none',
    },
  );

const updateInput = z
  .strictObject({ id, ...updateFields })
  .refine(
    ({ trigger_at, local_time, cron_expression, rrule }) =>
      [trigger_at, local_time, cron_expression, rrule].filter((time) => time !== undefined).length <= 1,
    { path: ['trigger_at'], message: 'give one of trigger_at, local_time, cron_expression and rrule' },
  );

const snoozeInput = z
  .strictObject({ id, ...snoozeBody.shape })
  .refine(({ minutes, until }) => oneOf(minutes, until), {
    path: ['minutes'],
    message: 'give exactly one of minutes and until',
  });

const listPage = pageOf(reminder);
const nextKey = z.tuple([instant.nullable(), id]);

/** What the words say, as fields. What is missing or unsure in them is asked for. */
async function fieldsOfWords(
  tx: Tx,
  userId: string,
  words: string,
  zone: string | undefined,
): Promise<Pick<CreateReminder, 'type' | 'text' | 'trigger_at' | 'cron_expression' | 'rrule' | 'timezone'>> {
  const user = await findUserById(tx.db, userId);
  const timezone = zone ?? user?.timezone ?? 'UTC';
  const now = await appNow(tx.db);
  const { understood, question } = previewOfWords(words, { now, timezone, locale: user?.locale ?? 'en' });
  if (understood) return understood;
  throw invalidField('words', question ?? 'are not understood');
}

/** Reminders, for MCP clients. */
export function reminderMcpTools(database: Database): McpTool[] {
  return [
    mcpTool(
      {
        name: 'reminder_create',
        title: 'Set a reminder',
        description:
          'Sets a reminder that is delivered to the user at its time, once or recurring. Answers the next local times.',
        scope: write,
        hints: ADDS,
        input: createInput,
        output: reminder,
      },
      async ({ words, ...fields }, { caller: { user_id } }) =>
        await database.asUser(user_id, async (tx) => {
          const isRecurring = (fields.cron_expression ?? fields.rrule) !== undefined;
          const meant =
            words === undefined
              ? { type: isRecurring ? ('recurring' as const) : ('one_time' as const) }
              : await fieldsOfWords(tx, user_id, words, fields.timezone);
          if (meant.type === 'one_time' && fields.jitter_s)
            throw invalidField('jitter_s', 'a one-time reminder comes at its time');
          return await createReminder(tx, user_id, { ...fields, ...meant });
        }),
    ),
    mcpTool(
      {
        name: 'reminder_list',
        title: 'List reminders',
        description: 'The reminders of the user, those that come next first.',
        scope: read,
        hints: READS,
        input: listInput.extend({
          status: z.array(reminderStatus).min(1).default(['active', 'paused']),
          q: text(200).optional().describe('Only those with all these words'),
        }),
        output: listPage,
      },
      async ({ limit, cursor, q, status }, { caller: { user_id } }) => {
        const after = decodeCursor(cursor, nextKey);
        const wanted = { q, status, limit: limit + 1, after };
        const rows = await listByNext(database.readAs(user_id), user_id, wanted);
        return page(rows.map(present), limit, (row) => [row.next_fire_at, row.id]);
      },
    ),
    mcpTool(
      {
        name: 'reminder_update',
        title: 'Change a reminder',
        description: 'Changes what is given: words, time, zone or status (paused, active).',
        scope: write,
        hints: REPLACES,
        input: updateInput,
        output: reminder,
      },
      async ({ id: reminderId, ...body }, { caller: { user_id } }) =>
        await database.asUser(user_id, async (tx) => await updateReminder(tx, user_id, reminderId, body)),
    ),
    mcpTool(
      {
        name: 'reminder_cancel',
        title: 'Cancel a reminder',
        description: 'It does not come any more. reminder_update with the status active takes that back.',
        scope: write,
        hints: REPLACES,
        input: z.strictObject({ id }),
        output: reminder,
      },
      async ({ id: reminderId }, { caller: { user_id } }) =>
        await database.asUser(
          user_id,
          async (tx) => await updateReminder(tx, user_id, reminderId, { status: 'cancelled' }),
        ),
    ),
    mcpTool(
      {
        name: 'reminder_snooze',
        title: 'Put a reminder off',
        description: 'Makes a one-time reminder with the same words; the rule of the given one is untouched.',
        scope: write,
        hints: ADDS,
        input: snoozeInput,
        output: reminder,
      },
      async ({ id: reminderId, ...body }, { caller: { user_id } }) =>
        await database.asUser(user_id, async (tx) => await snoozeReminder(tx, user_id, reminderId, body)),
    ),
    mcpTool(
      {
        name: 'reminder_done',
        title: 'Mark a reminder as done',
        description: 'A one-time reminder is completed, even before its time; a recurring one goes on.',
        scope: write,
        hints: REPLACES,
        input: z.strictObject({ id }),
        output: reminder,
      },
      async ({ id: reminderId }, { caller: { user_id } }) =>
        await database.asUser(user_id, async (tx) => await finishReminder(tx, user_id, reminderId)),
    ),
  ];
}
