import type { RruleParts } from '../recurrence/rrule-parts.ts';
import { readRrule } from '../recurrence/rrule-parts.ts';
import { momentOf } from '../recurrence/rrule-moments.ts';
import { localOf } from '../recurrence/zone.ts';
import { asWeek, isEveryDay } from './describe-day-selection.ts';
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
  everyDay: boolean;
  /** Which of its times in each period: 1 is the first, -1 the last. Empty for all. */
  positions: readonly number[];
  /** The weekday that weeks begin with, Sunday 0, where it changes something and is not Monday. */
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
    everyDay: isOfEveryDay(parts, days, named.limits),
    positions: chosen ? [] : parts.bysetpos,
    ...(weekStart !== 1 && weekStartMatters(parts, days) && { weekStart }),
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

function weekStartMatters(parts: RruleParts, days: RruleDays): boolean {
  if (parts.byweekno.length > 0) return true;
  if (parts.freq !== 'WEEKLY') return false;
  if (parts.bysetpos.length > 0) return true;
  const weekly = days.type === 'months' ? days.selection.weekly : [];
  if (parts.interval === 1) return false;
  if (weekly.length === 0) return true;
  // Each week has the same days in the same order unless one lies between Monday and where weeks begin.
  const start = weekdayNumber(parts.wkst);
  const sequence = asWeek(weekly);
  const own = weekly.toSorted((a, b) => ((a - start + 7) % 7) - ((b - start + 7) % 7));
  return sequence.join() !== own.join();
}

/** Whether each day has the same times, so that those after midnight may be told with the evening before. */
function isOfEveryDay(parts: RruleParts, days: RruleDays, limits: readonly DayLimit[]): boolean {
  const isEach = parts.interval === 1 && parts.bysetpos.length === 0 && limits.length === 0;
  return isEach && days.type === 'months' && isEveryDay(days.selection);
}
