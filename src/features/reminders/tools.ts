import { z } from 'zod';
import { defineDatabaseTool } from '#features/tools/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import type { Reminder } from './contract.ts';
import { lastFired, listReminders, listScheduled, type ReminderRecord } from './queries.ts';
import { matchesWords } from './matching.ts';
import { createReminder, finishReminder, present, snoozeReminder, updateReminder } from './service.ts';

const input = z.strictObject({
  action: z.enum(['create', 'list', 'cancel', 'snooze', 'done']),
  text: z.string().optional().describe('create: what to say'),
  trigger_at: z.iso.datetime({ offset: true }).optional().describe('create, once: the instant, RFC 3339'),
  cron_expression: z.string().optional().describe('create, recurring: five fields, in the zone'),
  timezone: z.string().optional().describe("IANA zone; default the user's"),
  query: z.string().optional().describe('cancel, snooze, done: words of the reminder meant'),
  minutes: z.int().min(1).optional().describe('snooze: for so long'),
  until: z.iso.datetime({ offset: true }).optional().describe('snooze: until this instant'),
});

type Input = z.infer<typeof input>;

const MAX_LISTED = 50;
const DEFAULT_SNOOZE_MINUTES = 10;

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

async function create(tx: Tx, userId: string, request: Input): Promise<JsonValue> {
  const { text, trigger_at, cron_expression, timezone } = request;
  if (!text) return { error: 'text is needed: what shall I remind of?' };
  if ((trigger_at === undefined) === (cron_expression === undefined)) {
    return { error: 'give either trigger_at or cron_expression' };
  }
  const reminder = await createReminder(tx, userId, {
    type: trigger_at ? 'one_time' : 'recurring',
    text,
    catch_up: 'latest',
    ...(trigger_at && { trigger_at: new Date(trigger_at) }),
    ...(cron_expression && { cron_expression }),
    ...(timezone && { timezone }),
  });
  return summary(reminder);
}

function matches(query: string, { title, payload }: ReminderRecord): boolean {
  return matchesWords(query, `${title ?? ''} ${payload.text}`);
}

/** Which reminder is meant: by words, else the one that fired last, else the only one there is. */
async function meant(
  tx: Tx,
  userId: string,
  query: string | undefined,
  fired: boolean,
): Promise<ReminderRecord[]> {
  const last = fired ? await lastFired(tx.db, userId) : undefined;
  if (!query) return last ? [last] : await listScheduled(tx.db, userId);
  if (last && matches(query, last)) return [last];
  const scheduled = (await listScheduled(tx.db, userId)).filter((reminder) => matches(query, reminder));
  if (scheduled.length > 0 || !fired) return scheduled;
  const recent = await listReminders(tx.db, userId, { limit: MAX_LISTED });
  return recent.filter((reminder) => reminder.last_fired_at && matches(query, reminder));
}

async function change(tx: Tx, userId: string, request: Input): Promise<JsonValue> {
  const found = await meant(tx, userId, request.query, request.action !== 'cancel');
  const [only] = found;
  if (!only) {
    const about = request.query ? ` about "${request.query}"` : '';
    return { error: `There is no reminder${about}; action list shows what there is.`, not_found: true };
  }
  if (found.length > 1) {
    return { ambiguous: found.slice(0, MAX_LISTED).map(({ id, payload }) => ({ id, text: payload.text })) };
  }
  if (request.action === 'cancel') {
    return summary(await updateReminder(tx, userId, only.id, { status: 'cancelled' }));
  }
  if (request.action === 'done') return summary(await finishReminder(tx, userId, only.id));
  const until = request.until
    ? { until: new Date(request.until) }
    : { minutes: request.minutes ?? DEFAULT_SNOOZE_MINUTES };
  return summary(await snoozeReminder(tx, userId, only.id, until));
}

/** The tool `reminder`: create, list, cancel, snooze, done. */
export const reminderTool = defineDatabaseTool({
  tool_type: 'reminder',
  description: 'Set, list, cancel, snooze or finish reminders of the user.',
  input,
  execute: async (tx, request, context) => {
    if (request.action === 'create') return await create(tx, context.user_id, request);
    if (request.action !== 'list') return await change(tx, context.user_id, request);
    const items = (await listScheduled(tx.db, context.user_id)).slice(0, MAX_LISTED);
    return { items: items.map((reminder) => summary(present(reminder))) };
  },
});
