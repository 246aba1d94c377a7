import type { RruleRule } from '../recurrence/rrule-rule.ts';
import { mergedPicks, type DayPick } from './describe-day-selection.ts';
import type { DaysAndLimits, RruleDays } from './describe-rrule-days.ts';

/**
 * Days of which BYSETPOS chooses some, told as what they are: "the last of Monday to Friday in a month". Undefined where
 * only "the first time in each month" says it.
 */
export function chosenDays(rule: RruleRule, { days, limits }: DaysAndLimits): RruleDays | undefined {
  const positions = rule.bysetpos;
  if (positions.length === 0 || days.type !== 'months') return undefined;
  const { selection } = days;
  const isOnlyWeekly = selection.monthly.length === 0 && !selection.condition;
  if (!isOnlyWeekly || limits.some((limit) => limit.type !== 'months')) return undefined;

  const picks = mergedPicks(
    selection.weekly.length === 0
      ? daysAt(positions)
      : [{ type: 'weekday', weekdays: selection.weekly, nths: positions }],
  );
  const { months } = selection;
  if (rule.freq === 'MONTHLY' || (rule.freq === 'YEARLY' && months.length === 1))
    return { type: 'months', selection: { months, weekly: [], monthly: picks } };
  if (rule.freq === 'YEARLY' && months.length === 12) return { type: 'year', picks, weekly: [] };
  return undefined;
}

function daysAt(positions: readonly number[]): DayPick[] {
  return [
    { type: 'days', days: positions.filter((position) => position > 0) },
    { type: 'from_end', days: positions.filter((position) => position < 0).map((position) => -position) },
  ];
}
