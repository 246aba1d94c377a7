import type { RruleParts } from '../recurrence/rrule-parts.ts';
import { readRrule } from '../recurrence/rrule-parts.ts';
import { momentOf } from '../recurrence/rrule-moments.ts';
import { localOf } from '../recurrence/zone.ts';
import { isEveryDay } from './describe-day-selection.ts';
import { boundsOf, type Bounds } from './describe-rrule-bounds.ts';
import { daysOfRrule, weekdayNumber, type DayLimit, type RruleDays } from './describe-rrule-days.ts';
import { rruleEn } from './describe-rrule-en.ts';
import { chosenDays } from './describe-rrule-positions.ts';
import { rruleRu } from './describe-rrule-ru.ts';
import { timesOfRrule, type RruleTimes } from './describe-rrule-times.ts';
import type { Language } from './result.ts';

export type PeriodUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What a recurrence rule says, in no language yet. */
export interface RruleMeaning {
  /** Every so many of these periods. */
  every: number;
  unit: PeriodUnit;
  times: RruleTimes;
  days: RruleDays;
  limits: readonly DayLimit[];
  /** Whether its days, limits aside, are all there are. */
  everyDay: boolean;
  /** Which of its times in each period: 1 is the first, -1 the last. Empty for all. */
  positions: readonly number[];
  /** The weekday that weeks begin with, Sunday 0, where it makes a difference. */
  weekStart?: number;
  bounds: Bounds;
  /** The zone it goes by, where it is another than its user's. */
  zone?: string;
}

export interface DescribedRrule {
  rrule: string;
  start: Date;
  timezone: string;
}

/**
 * A recurrence rule of RFC 5545 in words.
 * @throws RuleError where it is not valid
 */
export function describeRrule(rule: DescribedRrule, language: Language, now: Date): string {
  const meaning = meaningOf(rule, now);
  return language === 'ru' ? rruleRu(meaning) : rruleEn(meaning);
}

const SUNDAY = 0;
const MONDAY = 1;

const UNITS = {
  SECONDLY: 'second',
  MINUTELY: 'minute',
  HOURLY: 'hour',
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
} as const;

function meaningOf(rule: DescribedRrule, now: Date): RruleMeaning {
  const parts = readRrule(rule.rrule);
  const zone = parts.dtstart?.tzid ?? rule.timezone;
  const made = Math.floor(rule.start.getTime() / 1000) * 1000;
  const start = parts.dtstart ? momentOf(parts.dtstart, zone) : made;
  const isInstant = parts.dtstart === null || parts.dtstart.kind === 'utc';
  const wall = new Date(isInstant ? localOf(zone, start) : (parts.dtstart?.local ?? 0));

  const startTime = wall.getUTCHours() * 3600 + wall.getUTCMinutes() * 60 + wall.getUTCSeconds();
  const times = timesOfRrule(parts, startTime);
  const named = daysOfRrule(parts, {
    day: wall.getUTCDate(),
    month: wall.getUTCMonth() + 1,
    weekday: wall.getUTCDay(),
  });
  const timeSpan = spanOf(times);
  const chosen = timeSpan && timeSpan.first === timeSpan.last ? chosenDays(parts, named) : undefined;
  const days = chosen ?? named.days;
  const weekStart = weekdayNumber(parts.wkst);
  return {
    every: parts.interval,
    unit: UNITS[parts.freq],
    times,
    days,
    limits: named.limits,
    everyDay: parts.interval === 1 && days.type === 'months' && isEveryDay(days.selection),
    positions: chosen ? [] : parts.bysetpos,
    ...(weekStartMatters(parts, days) && { weekStart }),
    bounds: boundsOf({ text: rule.rrule, parts, zone, start, times: timeSpan }, now.getTime()),
    ...(zone !== rule.timezone && { zone }),
  };
}

/** The first and last time in a day, in seconds. */
function spanOf(times: RruleTimes): { first: number; last: number } | undefined {
  if (times.type !== 'clock') return undefined;
  const { hours, minutes, seconds } = times.times;
  const at = (end: 0 | -1) =>
    (hours.at(end) ?? 0) * 3600 + (minutes.at(end) ?? 0) * 60 + (seconds.at(end) ?? 0);
  return { first: at(0), last: at(-1) };
}

/** Whether it makes a difference, or could to a reader, if weeks begin on Monday, on Sunday or as the rule says. */
function weekStartMatters(parts: RruleParts, days: RruleDays): boolean {
  const start = weekdayNumber(parts.wkst);
  if (parts.byweekno.length > 0) return start !== MONDAY;
  if (parts.freq !== 'WEEKLY' || (parts.interval === 1 && parts.bysetpos.length === 0)) return false;
  const weekly = days.type === 'months' ? days.selection.weekly : [];
  const from = (first: number) =>
    weekly.toSorted((a, b) => ((a - first + 7) % 7) - ((b - first + 7) % 7)).join();
  return weekly.length === 0 || from(start) !== from(MONDAY) || from(start) !== from(SUNDAY);
}
