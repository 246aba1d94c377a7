import {
  everyDayAtNine,
  repeatTimeOf,
  ruleOfCron,
  ruleOfRrule,
  type RepeatRule,
} from '#web/features/schedules/repeat-rule.ts';
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
  rule: RepeatRule;
  timezone: string;
  catch_up: Reminder['catch_up'];
  /** How often it asks again until the user is done, in minutes; empty: never. */
  nagMinutes: string;
  /** Of one that repeats: how much later each time may come, in seconds; empty: not at all. */
  jitterSeconds: string;
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
    nagMinutes: '',
    jitterSeconds: '',
  };
}

type Known = Pick<Reminder, 'type' | 'timezone'> & {
  trigger_at?: string | null | undefined;
  cron_expression?: string | null | undefined;
  rrule?: string | null | undefined;
};

/** The draft with another reminder's time, or what was understood of words. */
function withTime(
  draft: ReminderDraft,
  { type, timezone, trigger_at, cron_expression, rrule }: Known,
): ReminderDraft {
  return {
    ...draft,
    type,
    timezone,
    ...(trigger_at && wallClock(trigger_at, timezone)),
    ...(cron_expression && { rule: ruleOfCron(cron_expression) }),
    ...(rrule && { rule: ruleOfRrule(rrule) }),
  };
}

/** The fields that words filled. */
export function draftOfWords(draft: ReminderDraft, understood: Known & { text: string }): ReminderDraft {
  return { ...withTime(draft, understood), text: understood.text };
}

export function draftOf(reminder: Reminder, now: number): ReminderDraft {
  const { payload, title, catch_up, nag_every_s, jitter_s } = reminder;
  return {
    ...withTime(emptyDraft(now, reminder.timezone), reminder),
    text: payload.text,
    title: title ?? '',
    catch_up,
    nagMinutes: nag_every_s === null ? '' : String(nag_every_s / 60),
    jitterSeconds: jitter_s === 0 ? '' : String(jitter_s),
  };
}

/** As the API takes it: null is never. */
function nagOf({ nagMinutes }: ReminderDraft): number | null {
  return nagMinutes.trim() === '' ? null : Math.round(Number(nagMinutes) * 60);
}

/** One that comes once comes at its time. */
function jitterOf({ type, jitterSeconds }: ReminderDraft): number {
  return type === 'one_time' ? 0 : Math.round(Number(jitterSeconds));
}

/** When, as the API takes it; undefined while something of it is missing. */
export function timeOf({ type, date, time, rule }: ReminderDraft) {
  if (type === 'one_time') return date === '' || time === '' ? undefined : { local_time: `${date}T${time}` };
  return repeatTimeOf(rule);
}

/** The body that sets it; undefined while something is missing. */
export function creationOf(draft: ReminderDraft): NewReminder | undefined {
  const time = timeOf(draft);
  if (!time || draft.text.trim() === '') return undefined;
  const { text, title, type, timezone, catch_up } = draft;
  const nag_every_s = nagOf(draft);
  const jitter_s = jitterOf(draft);
  return {
    type,
    text,
    ...(title.trim() !== '' && { title: title.trim() }),
    ...time,
    timezone,
    ...(type === 'recurring' && { catch_up }),
    ...(nag_every_s !== null && { nag_every_s }),
    ...(jitter_s > 0 && { jitter_s }),
  };
}

export interface ReminderEdit {
  text?: string;
  title?: string | null;
  local_time?: string;
  cron_expression?: string;
  rrule?: string;
  timezone?: string;
  catch_up?: Reminder['catch_up'];
  nag_every_s?: number | null;
  jitter_s?: number;
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
    ...(nagOf(after) !== nagOf(before) && { nag_every_s: nagOf(after) }),
    ...(jitterOf(after) !== jitterOf(before) && { jitter_s: jitterOf(after) }),
  };
}
