import { z } from 'zod';
import {
  id,
  instant,
  isStorable,
  localDateTime,
  NOT_STORABLE,
  text,
  timezoneName,
  unstorableFields,
} from '#platform/http/fields.ts';
import {
  catchUpPolicy,
  cronExpression,
  jitter,
  nagEvery,
  oneOf,
  rrule,
} from '#features/schedules/contract.ts';

/** What is said, to the letter: not trimmed. */
const spoken = z
  .string()
  .max(10_000, 'must have at most 10000 characters')
  .refine((value) => value.trim() !== '', { error: 'must not be empty' })
  .refine(isStorable, { error: NOT_STORABLE });

/** An object with at least `text`, or the same as a JSON string. */
const payload = z
  .union([z.string().max(50_000), z.looseObject({ text: spoken })])
  .transform((value, context) => {
    if (typeof value !== 'string') return value;
    const json = parseJson(value);
    // The request's own check saw only a text here.
    const [unstorable] = unstorableFields(json);
    if (unstorable) {
      context.addIssue({ code: 'custom', message: unstorable.message, path: unstorable.path.split('.') });
      return z.NEVER;
    }
    const parsed = z.looseObject({ text: spoken }).safeParse(json);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must be an object, or its JSON, with at least a text' });
    return z.NEVER;
  })
  .describe('What to say: an object with at least `text`, or the same as a JSON string');

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const times = {
  trigger_at: instant.optional().describe('The instant of a one-time reminder'),
  local_time: localDateTime.optional().describe('The same as wall-clock time in the zone: 2026-12-01T09:00'),
  cron_expression: cronExpression.optional(),
  rrule: rrule.optional(),
  timezone: timezoneName.optional().describe("Default: the user's, and changes with it"),
};

const manners = {
  nag_every_s: nagEvery.nullable().optional(),
  jitter_s: jitter.optional(),
};

const words = {
  title: text(200).nullable().optional(),
  payload: payload.optional(),
  text: spoken.optional().describe('Short for payload: {text}'),
};

/** Which times that have passed it is to be said for. */
export { backfillRequest, oneOf } from '#features/schedules/contract.ts';

export const reminderType = z.enum(['one_time', 'recurring']);
export const reminderStatus = z.enum(['active', 'paused', 'completed', 'cancelled']);

export const createReminder = z
  .strictObject({
    type: reminderType,
    ...words,
    ...times,
    ...manners,
    assistant_id: id.optional().describe("Default: the user's secretary"),
    catch_up: catchUpPolicy.default('latest'),
  })
  .refine((body) => oneOf(body.payload, body.text), {
    path: ['text'],
    message: 'give exactly one of text and payload',
  })
  .refine((body) => body.type === 'recurring' || oneOf(body.trigger_at, body.local_time), {
    path: ['trigger_at'],
    message: 'a one-time reminder needs exactly one of trigger_at and local_time',
  })
  .refine((body) => body.type === 'one_time' || oneOf(body.cron_expression, body.rrule), {
    path: ['cron_expression'],
    message: 'a recurring reminder needs exactly one of cron_expression and rrule',
  })
  .refine((body) => body.type === 'recurring' || body.cron_expression === undefined, {
    path: ['cron_expression'],
    message: 'a one-time reminder has no cron_expression',
  })
  .refine((body) => body.type === 'recurring' || body.rrule === undefined, {
    path: ['rrule'],
    message: 'a one-time reminder has no rrule',
  })
  .refine((body) => body.type === 'recurring' || !body.jitter_s, {
    path: ['jitter_s'],
    message: 'a one-time reminder comes at its time',
  })
  .refine((body) => body.type === 'one_time' || (body.trigger_at ?? body.local_time) === undefined, {
    path: ['trigger_at'],
    message: 'a recurring reminder has neither trigger_at nor local_time',
  })
  .meta({ id: 'ReminderCreate' });

export const updateReminder = z
  .strictObject({
    ...words,
    ...times,
    ...manners,
    assistant_id: id.optional(),
    catch_up: catchUpPolicy.optional(),
    status: reminderStatus.optional(),
  })
  .refine((body) => body.payload === undefined || body.text === undefined, {
    path: ['text'],
    message: 'give one of text and payload',
  })
  .refine(
    ({ trigger_at, local_time, cron_expression, rrule: rule }) =>
      [trigger_at, local_time, cron_expression, rule].filter(Boolean).length <= 1,
    { path: ['trigger_at'], message: 'give one of trigger_at, local_time, cron_expression and rrule' },
  )
  .meta({ id: 'ReminderUpdate' });

export const snoozeReminder = z
  .strictObject({
    minutes: z.int().min(1).max(525_600).optional(),
    until: instant.optional(),
  })
  .refine(({ minutes, until }) => oneOf(minutes, until), {
    path: ['minutes'],
    message: 'give exactly one of minutes and until',
  })
  .meta({ id: 'ReminderSnooze' });

export const previewReminder = z
  .strictObject({
    text: text(2_000).describe('A reminder in your own words: "water the plants every weekday at 8:30"'),
    timezone: timezoneName.optional().describe("Default: the user's"),
  })
  .meta({ id: 'ReminderPreviewRequest' });

export const reminderPreview = z
  .strictObject({
    understood: z
      .strictObject({
        type: reminderType,
        text: z.string(),
        trigger_at: instant.optional(),
        cron_expression: z.string().optional(),
        rrule: z.string().optional(),
        timezone: z.string(),
      })
      .nullable()
      .describe('To be sent to POST /api/reminders as it is'),
    next: z.array(instant).describe('The next three instants at most'),
    local: z.array(z.string()).describe('The same in the zone'),
    description: z.string().nullable().describe('When, in words'),
    question: z.string().nullable().describe('What is missing or unsure, in the language of the text'),
  })
  .meta({ id: 'ReminderPreview' });

export const reminder = z
  .strictObject({
    id,
    schedule_id: id,
    user_id: id,
    assistant_id: id,
    title: z.string().nullable(),
    payload: z.looseObject({ text: z.string() }),
    type: reminderType,
    trigger_at: instant.nullable(),
    local_time: z.string().nullable().describe('Where it was set as a wall-clock time, which is what counts'),
    cron_expression: z.string().nullable(),
    rrule: z.string().nullable(),
    timezone: z.string(),
    jitter_s: z.int(),
    nag_every_s: z.int().nullable(),
    nagging_since: instant.nullable().describe('The time it asks again about, until the user is done'),
    status: reminderStatus,
    catch_up: catchUpPolicy,
    snoozed_from: id.nullable().describe('The reminder this one postpones'),
    next_fire_at: instant.nullable(),
    next_local: z.array(z.string()).describe('The next three times in the zone'),
    last_fired_at: instant.nullable(),
    done_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Reminder' });

export const fate = z.enum(['fired', 'delivered', 'skipped', 'missed', 'failed']);

export const occurrence = z
  .strictObject({
    id,
    due_at: instant,
    until: instant.nullable().describe('The last instant of a run of misses'),
    count: z.int(),
    trigger: z
      .enum(['schedule', 'nag', 'manual', 'backfill'])
      .describe(
        'What made it due: its rule, asking again, or the user: for now, or for a time that has passed',
      ),
    fired_at: instant.nullable(),
    fate,
    late_ms: z.int().nullable(),
    reason: z.string().nullable(),
    revision: z.int(),
  })
  .meta({ id: 'Occurrence' });

export const occurrenceOfReminder = occurrence
  .extend({
    reminder_id: id,
    title: z.string().nullable(),
    text: z.string(),
    timezone: z.string(),
  })
  .meta({ id: 'OccurrenceOfReminder' });

export type CreateReminder = z.output<typeof createReminder>;
export type UpdateReminder = z.output<typeof updateReminder>;
export type SnoozeReminder = z.output<typeof snoozeReminder>;
export type Reminder = z.infer<typeof reminder>;
export type ReminderPreview = z.infer<typeof reminderPreview>;
export type UnderstoodReminder = NonNullable<ReminderPreview['understood']>;
