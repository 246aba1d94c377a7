import type { Bits } from '../recurrence/cron-bits.ts';
import type { DayRule } from '../recurrence/cron-days.ts';
import { wallClockRule } from '../recurrence/cron-expression.ts';
import { asWeek, mergedPicks, type DayPick, type DaySelection } from './describe-day-selection.ts';
import { numbersBetween } from './describe-numbers.ts';
import { timesOfDays } from './describe-sentence.ts';
import type { Language } from './result.ts';

/**
 * A cron expression in words.
 * @throws RuleError where it is not valid
 */
export function describeCron(expression: string, language: Language): string {
  const { seconds, minutes, hours, months, days } = wallClockRule(expression);
  const times = {
    hours: numbersOf(hours, 23),
    minutes: numbersOf(minutes, 59),
    seconds: numbersOf(seconds, 59),
  };
  return timesOfDays(times, daysOf(days, numbersOf(months, 12)), language);
}

function numbersOf({ low, high }: Bits, most: number): number[] {
  return numbersBetween(0, most).filter(
    (number) => ((number < 32 ? low >>> number : high >>> (number - 32)) & 1) === 1,
  );
}

const bitsOf = (bits: number): number[] => numbersOf({ low: bits, high: 0 }, 31);

function daysOf(rule: DayRule, months: readonly number[]): DaySelection {
  const everyDay: DaySelection = { months, weekly: [], monthly: [] };
  const monthly = monthDaysOf(rule);
  const ofWeek = { weekly: asWeek(bitsOf(rule.weekdays)), monthly: weekdayPicksOf(rule) };
  const isAnyDay = bitsOf(rule.days).length === 31;
  const isAnyWeekday = ofWeek.weekly.length === 7;
  switch (rule.by) {
    case 'any':
      return everyDay;
    case 'day':
      return isAnyDay ? everyDay : { ...everyDay, monthly };
    case 'weekday':
      return isAnyWeekday ? everyDay : { months, ...ofWeek };
    case 'either':
      if (isAnyDay || isAnyWeekday) return everyDay;
      return { months, weekly: ofWeek.weekly, monthly: mergedPicks([...monthly, ...ofWeek.monthly]) };
    case 'both':
      if (isAnyWeekday) return isAnyDay ? everyDay : { ...everyDay, monthly };
      return isAnyDay ? { months, ...ofWeek } : { ...everyDay, monthly, condition: ofWeek };
  }
}

function monthDaysOf(rule: DayRule): DayPick[] {
  const days = bitsOf(rule.days).map((bit) => bit + 1);
  const fromEnd = bitsOf(rule.beforeLast).map((bit) => bit + 1);
  return mergedPicks([
    { type: 'days', days },
    { type: 'from_end', days: fromEnd },
    ...bitsOf(rule.nearest).map((bit) => ({ type: 'nearest' as const, day: bit + 1 })),
    ...(rule.lastWorkday ? [{ type: 'weekday' as const, weekdays: [1, 2, 3, 4, 5], nths: [-1] }] : []),
  ]);
}

function weekdayPicksOf(rule: DayRule): DayPick[] {
  const pick = (bits: number, nth: number) =>
    asWeek(bitsOf(bits)).map((weekday) => ({ type: 'weekday' as const, weekdays: [weekday], nths: [nth] }));
  return mergedPicks([
    ...rule.nth.flatMap((weekdays, index) => pick(weekdays, index + 1)),
    ...pick(rule.lastWeekdays, -1),
  ]);
}
