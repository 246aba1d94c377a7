import { z } from 'zod';
import { instantOfLocalTime, localTimeOf, nextInstants } from '#features/schedules/index.ts';
import { defineDatabaseTool, Tainted } from '#features/tools/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { timezoneName } from '#platform/http/fields.ts';
import type { Reminder } from './contract.ts';
import {
  hasTainted,
  lastFired,
  listReminders,
  listScheduled,
  markTainted,
  type ReminderRecord,
} from './queries.ts';
import { matchesWords } from './matching.ts';
import {
  createReminder,
  finishReminder,
  present,
  ruleOfReminder,
  snoozeReminder,
  updateReminder,
} from './service.ts';

const input = z.strictObject({
  action: z.enum(['create', 'list', 'cancel', 'snooze', 'done']),
  text: z.string().optional().describe('create: what to say'),
  trigger_at: z.iso.datetime({ offset: true }).optional().describe('create, once: the instant, RFC 3339'),
  cron_expression: z.string().optional().describe('create, recurring: five fields, in the zone'),
  rrule: z
    .string()
    .optional()
    .describe('create, recurring where cron can not say it: RFC 5545, DTSTART local'),
  timezone: z.string().optional().describe("IANA zone; default the user's"),
  query: z.string().optional().describe('cancel, snooze, done: words of the reminder meant'),
  minutes: z.int().min(1).optional().describe('snooze: for so long'),
  at: z.iso.datetime({ offset: true }).optional().describe('cancel, snooze, done: the one next due then'),
  all: z.boolean().optional().describe('cancel: all that fit the query, or all there are'),
  date: z.iso.date().optional().describe("list: only this day, in the user's zone"),
  until: z.iso.datetime({ offset: true }).optional().describe('snooze: until this instant'),
});

type Input = z.infer<typeof input>;

/** Who acts when a tool is called, for the activity log. */
const ACTOR = 'assistant';
const MAX_LISTED = 50;
const DEFAULT_SNOOZE_MINUTES = 10;
const DAY_MS = 86_400_000;

function summary(reminder: Reminder) {
  const { id, payload, type, status, next_fire_at, next_local } = reminder;
  return {
    id,
    text: payload.text,
    type,
    status,
    next_fire_at: next_fire_at?.toISOString() ?? null,
    next_local,
  };
}

/** What a model can mend, or tell: `code` stays, `error` may be reworded. */
function problem(code: string, error: string): { code: string; error: string } {
  return { code, error };
}

/** A time that a schedule can't have is told by its code; it is found before anything is written. */
async function unlessImpossible(work: Promise<Reminder>): Promise<JsonValue> {
  try {
    return summary(await work);
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('schedules.')) throw error;
    return problem(error.code.slice('schedules.'.length), error.message);
  }
}

async function create(tx: Tx, userId: string, request: Input): Promise<JsonValue> {
  const { text, trigger_at, cron_expression, rrule, timezone } = request;
  if (!text) return problem('text_missing', 'text is needed: what shall I remind of?');
  if ([trigger_at, cron_expression, rrule].filter((given) => given !== undefined).length !== 1) {
    return problem('time_missing', 'give one of trigger_at, cron_expression and rrule');
  }
  if (timezone !== undefined && !timezoneName.safeParse(timezone).success) {
    return problem('bad_zone', `"${timezone}" is not the name of a time zone`);
  }
  return await unlessImpossible(
    createReminder(
      tx,
      userId,
      {
        type: trigger_at ? 'one_time' : 'recurring',
        text,
        catch_up: 'latest',
        ...(trigger_at && { trigger_at: new Date(trigger_at) }),
        ...(cron_expression && { cron_expression }),
        ...(rrule && { rrule }),
        ...(timezone && { timezone }),
      },
      ACTOR,
    ),
  );
}

/** Of the reminders that an answer shows. */
function idsIn(answer: JsonValue): string[] {
  if (Array.isArray(answer)) return answer.flatMap((one) => idsIn(one));
  if (typeof answer !== 'object' || answer === null) return [];
  const { id, ...rest } = answer;
  return [...(typeof id === 'string' ? [id] : []), ...Object.values(rest).flatMap((one) => idsIn(one))];
}

function matches(query: string, { title, payload }: ReminderRecord): boolean {
  return matchesWords(query, `${title ?? ''} ${payload.text}`);
}

async function scheduledLike(tx: Tx, userId: string, query: string | undefined): Promise<ReminderRecord[]> {
  const scheduled = await listScheduled(tx.db, userId);
  return query ? scheduled.filter((reminder) => matches(query, reminder)) : scheduled;
}

/** Times are told to the second, so that is what one is chosen by. */
function isDueAt(reminder: ReminderRecord, at: string): boolean {
  const second = (time: number) => Math.floor(time / 1_000);
  return reminder.next_fire_at !== null && second(reminder.next_fire_at.getTime()) === second(Date.parse(at));
}

/** Which reminder is meant: by its time, else what is put off or done is the one that fired last, else by words. */
async function meant(tx: Tx, userId: string, { action, query, at }: Input): Promise<ReminderRecord[]> {
  if (at !== undefined) {
    // of twins, the same words at the same second, either will do
    return (await scheduledLike(tx, userId, query)).filter((reminder) => isDueAt(reminder, at)).slice(0, 1);
  }
  if (action === 'cancel') return await scheduledLike(tx, userId, query);
  const last = await lastFired(tx.db, userId);
  if (last && (!query || matches(query, last))) return [last];
  if (!query) return [];
  const scheduled = await scheduledLike(tx, userId, query);
  if (scheduled.length > 0) return scheduled;
  const recent = await listReminders(tx.db, userId, { limit: MAX_LISTED });
  return recent
    .filter((reminder) => reminder.last_fired_at && matches(query, reminder))
    .toSorted((a, b) => (b.last_fired_at?.getTime() ?? 0) - (a.last_fired_at?.getTime() ?? 0))
    .slice(0, 1);
}

function notFound({ action, query, at }: Input): JsonValue {
  if (action !== 'cancel' && !query && at === undefined) {
    return problem('none_fired', `No reminder has come yet; name the one to ${action}.`);
  }
  const about = query ? ` about "${query}"` : '';
  return problem('not_found', `There is no reminder${about}; action list shows what there is.`);
}

async function change(tx: Tx, userId: string, request: Input): Promise<JsonValue> {
  const found = await meant(tx, userId, request);
  const [only] = found;
  if (!only) return notFound(request);
  if (request.action === 'cancel' && request.all) return await cancelAll(tx, userId, found);
  if (found.length > 1) {
    return {
      ambiguous: found.slice(0, MAX_LISTED).map((record) => {
        const { id, payload, next_local } = present(record);
        return { id, text: payload.text, next_local: next_local.slice(0, 1) };
      }),
      ...beyond(found.length),
    };
  }
  if (request.action === 'cancel') {
    return summary(await updateReminder(tx, userId, only.id, { status: 'cancelled' }, ACTOR));
  }
  if (request.action === 'done') return summary(await finishReminder(tx, userId, only.id, ACTOR));
  const until = request.until
    ? { until: new Date(request.until) }
    : { minutes: request.minutes ?? DEFAULT_SNOOZE_MINUTES };
  return await unlessImpossible(snoozeReminder(tx, userId, only.id, until, ACTOR));
}

async function cancelAll(tx: Tx, userId: string, found: readonly ReminderRecord[]): Promise<JsonValue> {
  for (const { id } of found) await updateReminder(tx, userId, id, { status: 'cancelled' }, ACTOR);
  return { cancelled: found.length };
}

/** How many are left out of an answer of at most `MAX_LISTED`. */
function beyond(count: number): { more?: number } {
  return count > MAX_LISTED ? { more: count - MAX_LISTED } : {};
}

/** When a reminder comes first in [start, end), if it does. */
function firstWithin(record: ReminderRecord, start: Date, end: Date): Date | undefined {
  const next = record.next_fire_at;
  if (!next || next >= end) return undefined;
  if (next >= start) return next;
  if (record.type === 'one_time') return undefined;
  const [then] = nextInstants(ruleOfReminder(record), new Date(start.getTime() - 1), 1);
  return then && then < end ? then : undefined;
}

/** What comes on a day of the user's, each with its time on that day. */
function onDay(records: readonly ReminderRecord[], date: string, timezone: string): Reminder[] {
  const start = instantOfLocalTime(`${date}T00:00`, timezone);
  const [next] = new Date(Date.parse(date) + DAY_MS).toISOString().split('T');
  const end = instantOfLocalTime(`${next}T00:00`, timezone);
  return records
    .flatMap((record) => {
      const first = firstWithin(record, start, end);
      if (!first) return [];
      const next_local = [localTimeOf(first, record.timezone)];
      return [{ first, reminder: { ...present(record), next_fire_at: first, next_local } }];
    })
    .toSorted((a, b) => a.first.getTime() - b.first.getTime())
    .map(({ reminder }) => reminder);
}

async function list(tx: Tx, userId: string, timezone: string, date?: string): Promise<JsonValue> {
  const scheduled = await listScheduled(tx.db, userId);
  const reminders = date === undefined ? scheduled.map(present) : onDay(scheduled, date, timezone);
  return { items: reminders.slice(0, MAX_LISTED).map(summary), ...beyond(reminders.length) };
}

/** The tool `reminder`: create, list, cancel, snooze, done. */
export const reminderTool = defineDatabaseTool({
  tool_type: 'reminder',
  description: 'Set, list, cancel, snooze or finish reminders of the user.',
  input,
  execute: async (tx, request, { user_id, timezone, tainted }) => {
    const { action } = request;
    if (action === 'create') {
      const made = await create(tx, user_id, request);
      if (tainted) await markTainted(tx.db, idsIn(made));
      return made;
    }
    const answer =
      action === 'list'
        ? await list(tx, user_id, timezone, request.date)
        : await change(tx, user_id, request);
    return (await hasTainted(tx.db, idsIn(answer))) ? new Tainted(answer) : answer;
  },
});
