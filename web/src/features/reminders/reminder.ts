import type { reminder } from '#features/reminders/contract.ts';
import type { RepeatTime } from '#web/features/schedules/repeat-rule.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Reminder = Wire<typeof reminder>;

/** What it is called where there is one line for it. */
export function nameOf({ title, payload }: Pick<Reminder, 'title' | 'payload'>): string {
  return title ?? payload.text;
}

/** The rule of one that repeats. */
export function repeatOf({
  cron_expression,
  rrule,
}: Pick<Reminder, 'cron_expression' | 'rrule'>): RepeatTime | undefined {
  if (cron_expression !== null) return { cron_expression };
  return rrule === null ? undefined : { rrule };
}

/** Whether it has come and asks again until the user is done. */
export function isNagging({
  status,
  nag_every_s,
  nagging_since,
}: Pick<Reminder, 'status' | 'nag_every_s' | 'nagging_since'>): boolean {
  return status === 'active' && nag_every_s !== null && nagging_since !== null;
}
