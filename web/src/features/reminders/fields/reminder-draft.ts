import { cronOf, everyDayAtNine, ruleOfCron, type CronRule } from '#web/features/schedules/cron-rule.ts';
import { daysAfter, wallClock } from '#web/features/schedules/wall-clock.ts';
import type { NewReminder } from '../create-reminder.tsx';
import type { Reminder } from '../reminder.ts';

/** A reminder as its form has it. */
export interface ReminderDraft {
  text: string;
  title: string;
  type: Reminder['type'];
  /** Of one that comes once. */
  date: string;
  time: string;
  /** Of one that repeats. */
  rule: CronRule;
  timezone: string;
  catch_up: Reminder['catch_up'];
}

export function emptyDraft(now: number, timezone: string): ReminderDraft {
  return {
    text: '',
    title: '',
    type: 'one_time',
    date: daysAfter(wallClock(now, timezone).date, 1),
    time: '09:00',
    rule: everyDayAtNine,
    timezone,
    catch_up: 'latest',
  };
}

type Known = Pick<Reminder, 'type' | 'timezone'> & {
  trigger_at?: string | null | undefined;
  cron_expression?: string | null | undefined;
};

/** The draft with another reminder's time, or what was understood of words. */
function withTime(
  draft: ReminderDraft,
  { type, timezone, trigger_at, cron_expression }: Known,
): ReminderDraft {
  return {
    ...draft,
    type,
    timezone,
    ...(trigger_at && wallClock(trigger_at, timezone)),
    ...(cron_expression && { rule: ruleOfCron(cron_expression) }),
  };
}

/** The fields that words filled. */
export function draftOfWords(draft: ReminderDraft, understood: Known & { text: string }): ReminderDraft {
  return { ...withTime(draft, understood), text: understood.text };
}

export function draftOf(reminder: Reminder, now: number): ReminderDraft {
  const { payload, title, catch_up } = reminder;
  const draft = withTime(emptyDraft(now, reminder.timezone), reminder);
  return { ...draft, text: payload.text, title: title ?? '', catch_up };
}

/** When, as the API takes it; undefined while something of it is missing. */
export function timeOf({ type, date, time, rule }: ReminderDraft) {
  if (type === 'one_time') return date === '' || time === '' ? undefined : { local_time: `${date}T${time}` };
  const cron_expression = cronOf(rule);
  return cron_expression === undefined ? undefined : { cron_expression };
}

/** The body that sets it; undefined while something is missing. */
export function creationOf(draft: ReminderDraft): NewReminder | undefined {
  const time = timeOf(draft);
  if (!time || draft.text.trim() === '') return undefined;
  const { text, title, type, timezone, catch_up } = draft;
  return {
    type,
    text,
    ...(title.trim() !== '' && { title: title.trim() }),
    ...time,
    timezone,
    ...(type === 'recurring' && { catch_up }),
  };
}

export interface ReminderEdit {
  text?: string;
  title?: string | null;
  local_time?: string;
  cron_expression?: string;
  timezone?: string;
  catch_up?: Reminder['catch_up'];
}

/** What of it was changed, as PATCH takes it: a time that stays is not sent, for it would begin anew. */
export function editOf(before: ReminderDraft, after: ReminderDraft): ReminderEdit {
  const time = timeOf(after);
  const sameTime = JSON.stringify([before.type, timeOf(before)]) === JSON.stringify([after.type, time]);
  const otherZone = before.timezone !== after.timezone;
  // What the clock shows is what was meant: a one-time reminder moves with its zone.
  const sendsTime = !sameTime || (otherZone && after.type === 'one_time');
  return {
    ...(after.text !== before.text && { text: after.text }),
    ...(after.title.trim() !== before.title && { title: after.title.trim() || null }),
    ...(sendsTime && time),
    ...((sendsTime || otherZone) && { timezone: after.timezone }),
    ...(after.catch_up !== before.catch_up && { catch_up: after.catch_up }),
  };
}
