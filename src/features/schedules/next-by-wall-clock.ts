import type { ScheduleRecord } from './queries.ts';
import { nextInstant } from './rule.ts';
import { ruleOf, type RuleColumns } from './stored-rule.ts';
import { wallClockOf } from './wall-clock.ts';

type RecurringColumns = RuleColumns & Pick<ScheduleRecord, 'last_fired_at' | 'last_due_local'>;

/** The rule's next instant by the rules of zones as they are now, not again at a wall-clock time that has come. */
export function nextByWallClock(schedule: RecurringColumns, now: Date): Date | null {
  const rule = ruleOf(schedule);
  const { last_fired_at, last_due_local, timezone } = schedule;
  let next = nextInstant(rule, last_fired_at && last_fired_at > now ? last_fired_at : now);
  while (next && last_due_local !== null && wallClockOf(next, timezone) <= last_due_local) {
    next = nextInstant(rule, next);
  }
  return next;
}
