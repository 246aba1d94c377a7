import type { RruleDay, RruleRule, Weekday } from '../recurrence/rrule-rule.ts';
import {
  asWeek,
  EVERY_MONTH,
  inOrder,
  mergedPicks,
  type DayCondition,
  type DayPick,
  type DaySelection,
} from './describe-day-selection.ts';
import { sorted } from './describe-numbers.ts';

/** The days of a rule in each of its days, weeks, months or years. */
export type RruleDays =
  | { type: 'months'; selection: DaySelection }
  | { type: 'year'; picks: readonly DayPick[]; weekly: readonly number[] }
  /** Weeks of the year by number, negative from the end; without weekdays all days of them. */
  | { type: 'weeks'; weeks: readonly number[]; weekly: readonly number[] };

/** What else a day must be. */
export type DayLimit =
  | { type: 'months'; months: readonly number[] }
  | { type: 'weeks'; weeks: readonly number[] }
  | { type: 'days'; days: DayCondition; of: 'month' | 'year' };

export interface DaysAndLimits {
  days: RruleDays;
  limits: DayLimit[];
}

const NUMBERS: Record<Weekday, number> = { SU: 0, MO: 1, TU: 2, WE: 3, TH: 4, FR: 5, SA: 6 };

export function weekdayNumber(weekday: Weekday): number {
  return NUMBERS[weekday];
}

/** The date that a rule starts at: what it says where the rule names no day. */
export interface StartDay {
  day: number;
  month: number;
  /** Sunday 0. */
  weekday: number;
}

/** What the day parts of a rule come to. Everything a rule names must hold; one of it is told as its days, the rest as limits. */
export function daysOfRrule(rule: RruleRule, start: StartDay): DaysAndLimits {
  const { freq, interval } = rule;
  const parts = withDefaults(rule, start);
  const plain = asWeek(parts.byday.flatMap((day) => (day.nth === null ? [weekdayNumber(day.weekday)] : [])));
  const numbered = mergedPicks(parts.byday.flatMap(numberedPick));
  const weekly = plain.length === 7 ? [] : plain;
  const weekdays = { weekly, monthly: plain.length === 7 ? [] : numbered };
  const ofYear = freq !== 'MONTHLY' && rule.bymonth.length === 0 ? 'year' : 'month';

  const months = parts.bymonth.length === 0 ? EVERY_MONTH : sorted(parts.bymonth);
  const inMonths: DayLimit[] = months.length === 12 ? [] : [{ type: 'months', months }];
  const inWeeks: DayLimit[] =
    rule.byweekno.length === 0 ? [] : [{ type: 'weeks', weeks: inOrder(rule.byweekno) }];
  const monthDays = picksOf(parts.bymonthday);
  const onMonthDays: DayLimit[] = limit({ weekly: [], monthly: monthDays }, 'month');
  const onWeekdays = limit(weekdays, ofYear);
  const yearDays = picksOf(rule.byyearday);

  const everyDay: RruleDays = { type: 'months', selection: { months: EVERY_MONTH, weekly: [], monthly: [] } };
  const isGrid = freq !== 'WEEKLY' && freq !== 'MONTHLY' && freq !== 'YEARLY';
  if (isGrid && interval > 1) {
    const onYearDays = limit({ weekly: [], monthly: yearDays }, 'year');
    return { days: everyDay, limits: [...inMonths, ...onYearDays, ...onMonthDays, ...onWeekdays] };
  }
  if (yearDays.length > 0)
    return {
      days: { type: 'year', picks: yearDays, weekly: [] },
      limits: [...inMonths, ...inWeeks, ...onMonthDays, ...onWeekdays],
    };
  if (numbered.length > 0 && ofYear === 'year' && plain.length < 7)
    return { days: { type: 'year', picks: numbered, weekly }, limits: onMonthDays };
  if (rule.byweekno.length > 0)
    return {
      days: { type: 'weeks', weeks: inOrder(rule.byweekno), weekly },
      limits: [...inMonths, ...onMonthDays],
    };

  // Every third month is no month of the year, but every fourth June is.
  const isScope = interval === 1 || freq === 'YEARLY';
  const scope = isScope ? months : EVERY_MONTH;
  const selection: DaySelection =
    monthDays.length > 0
      ? {
          months: scope,
          weekly: [],
          monthly: monthDays,
          ...(onWeekdays.length > 0 && { condition: weekdays }),
        }
      : { months: scope, ...weekdays };
  return { days: { type: 'months', selection }, limits: isScope ? [] : inMonths };
}

type DayParts = Pick<RruleRule, 'bymonth' | 'bymonthday' | 'byday'>;

function withDefaults(rule: RruleRule, { day, month, weekday }: StartDay): DayParts {
  const { freq, byday, bymonthday, bymonth } = rule;
  const isNamed = [rule.byweekno, rule.byyearday, bymonthday, byday].some((list) => list.length > 0);
  if (isNamed) return rule;
  const name = Object.entries(NUMBERS).find(([, number]) => number === weekday)?.[0] as Weekday;
  if (freq === 'WEEKLY') return { bymonth, bymonthday, byday: [{ weekday: name, nth: null }] };
  if (freq === 'MONTHLY') return { bymonth, bymonthday: [day], byday };
  if (freq === 'YEARLY') return { bymonth: bymonth.length > 0 ? bymonth : [month], bymonthday: [day], byday };
  return rule;
}

function numberedPick({ weekday, nth }: RruleDay): DayPick[] {
  return nth === null ? [] : [{ type: 'weekday', weekdays: [weekdayNumber(weekday)], nths: [nth] }];
}

/** Days counted from the beginning, and negative ones from the end. */
function picksOf(days: readonly number[]): DayPick[] {
  return mergedPicks([
    { type: 'days', days: days.filter((day) => day > 0) },
    { type: 'from_end', days: days.filter((day) => day < 0).map((day) => -day) },
  ]);
}

function limit(days: DayCondition, of: 'month' | 'year'): DayLimit[] {
  return days.weekly.length + days.monthly.length === 0 ? [] : [{ type: 'days', days, of }];
}
