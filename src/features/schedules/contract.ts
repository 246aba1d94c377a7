import { z } from 'zod';
import { id, instant, localDateTime, text, timezoneName } from '#platform/http/fields.ts';

/** Time fields shared by everything that has a schedule. */
export const cronExpression = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe('Cron: five fields, or six with seconds first; nicknames such as @daily');

export const rrule = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .describe('RFC 5545: a bare rule, or DTSTART, RRULE, EXDATE and RDATE in lines');

export const nagEvery = z
  .int()
  .min(60)
  .max(31 * 86_400)
  .describe('Asked again after so many seconds, until the user is done');

export const jitter = z
  .int()
  .min(0)
  .max(3_600)
  .describe(
    'Each time of a recurring rule comes up to so many seconds later, by chance that is the same each time',
  );

export const catchUpPolicy = z
  .enum(['latest', 'all', 'skip'])
  .describe(
    'What of a recurring rule is fired after Famulus was not running: the latest, all (at most 100) or none',
  );

export const upcoming = z
  .strictObject({
    id,
    kind: z.enum(['reminder', 'task', 'system']),
    reminder_id: id.nullable(),
    title: z.string().nullable(),
    text: z.string().nullable(),
    next_fire_at: instant,
    timezone: z.string(),
  })
  .meta({ id: 'Schedule' });

export const previewRequest = z
  .strictObject({
    cron_expression: cronExpression.optional(),
    rrule: rrule.optional(),
    local_time: localDateTime.optional(),
    text: text(500).optional().describe('In words, e.g. "every weekday at 8:30" or "через час"'),
    timezone: timezoneName.optional().describe("Default: the user's"),
    from: instant.optional().describe('Instants strictly after this; default now'),
    count: z.int().min(1).max(1000).default(3),
  })
  .refine((body) => oneOf(body.cron_expression, body.rrule, body.local_time, body.text), {
    path: ['cron_expression'],
    message: 'give exactly one of cron_expression, rrule, local_time and text',
  })
  .meta({ id: 'SchedulePreviewRequest' });

export const preview = z
  .strictObject({
    next: z.array(instant),
    local: z.array(z.string()).describe('2026-12-01T09:00:00+01:00[Europe/Berlin]'),
    description: z.string(),
  })
  .meta({ id: 'SchedulePreview' });

export const backfillRequest = z
  .strictObject({
    from: instant.describe('The times from here on'),
    to: instant.describe('and before this; at most until now'),
  })
  .meta({ id: 'Backfill' });

export type PreviewRequest = z.infer<typeof previewRequest>;

/** Whether exactly one of the values is given. */
export function oneOf(...values: unknown[]): boolean {
  return values.filter((value) => value !== undefined).length === 1;
}
