import { firstAfter } from './first-instant.ts';
import type { ScheduleRecord } from './queries.ts';
import { nextInstant } from './rule.ts';
import { ruleOf, type RuleColumns } from './stored-rule.ts';
import { shownBy, wallClockOf } from './wall-clock.ts';

type RevisedColumns = RuleColumns & Pick<ScheduleRecord, 'revised_at'>;
type RecurringColumns = RevisedColumns & Pick<ScheduleRecord, 'last_fired_at' | 'last_due_local'>;

/** The latest of some instants. */
function latest(...instants: (Date | null)[]): Date {
  return new Date(Math.max(...instants.map((instant) => instant?.getTime() ?? Number.NEGATIVE_INFINITY)));
}

/** Whether the last instant has another wall-clock time by the rules of zones as they are now. */
function isRetold(wallClock: string, timezone: string): boolean {
  return wallClockOf(new Date(wallClock), timezone) !== wallClock;
}

/** The first instant after `from` of the present revision: jitter brings none in that was before it. */
export function nextOfRevision({ revised_at, ...schedule }: RevisedColumns, from: Date): Date | null {
  const rule = ruleOf(schedule);
  const next = nextInstant(rule, from);
  if (rule.type === 'one_time' || !rule.jitter || !next) return next;
  const first = firstAfter(rule, revised_at);
  return first && first > next ? first : next;
}

/**
 * The rule's next instant after `from` by the rules of zones as they are now, not again at a wall-clock time that has
 * come by older ones.
 */
function nextByWallClock(schedule: RecurringColumns, from: Date): Date | null {
  const { last_due_local, timezone } = schedule;
  let next = nextOfRevision(schedule, from);
  if (last_due_local === null || !isRetold(last_due_local, timezone)) return next;
  while (next && shownBy(wallClockOf(next, timezone)) <= shownBy(last_due_local)) {
    next = nextOfRevision(schedule, next);
  }
  return next;
}

/** The same for what is to wait in due now: after all that has fired, also when the clock was set back. */
export function nextToWait(schedule: RecurringColumns, now: Date): Date | null {
  return nextByWallClock(schedule, latest(now, schedule.last_fired_at, schedule.revised_at));
}

/** What should wait though it may be past: the first that has not come. Of many to catch up on, some may have by now. */
export function firstNotCome(schedule: RecurringColumns): Date | null {
  const { last_due_local, revised_at } = schedule;
  return nextByWallClock(
    schedule,
    latest(last_due_local === null ? null : new Date(last_due_local), revised_at),
  );
}
