import { Temporal } from 'temporal-polyfill';
import { dividesTheDay } from './cron-of.ts';
import { datesOf } from './dates-of-day.ts';
import { firstTime, type Minute } from './first-time.ts';
import type { Clock, DayRule, Doubt, End, Nth } from './meaning.ts';
import type { Repetition, Times } from './repetition.ts';

type Doubted = { doubt: Doubt };

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY_MINUTES = 1440;

/**
 * When a repetition comes first: the first of its times strictly after `now`. An interval that divides neither the hour
 * nor the day ("every 25 minutes") comes first one interval from now, rounded to the whole minute.
 */
export function firstOf(
  { days, times, start }: Repetition,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDateTime | undefined {
  const today = now.toPlainDate();
  const from = start
    ? datesOf(start, today).find((date) => Temporal.PlainDate.compare(date, today) >= 0)
    : today;
  if (!from) return undefined;
  if (isDrifting(times) && !start)
    return now.add({ minutes: times.minutes }).round({ smallestUnit: 'minute' }).toPlainDateTime();
  return firstTime(days, minutesOfDay(times), from, now);
}

/** A repetition as RFC 5545 writes it, from its first time on, which is a local one. */
export function rruleOf(
  repetition: Repetition,
  first: Temporal.PlainDateTime,
  now: Temporal.ZonedDateTime,
): { rrule: string } | Doubted {
  const { days, times } = repetition;
  const parts = isPlainInterval(repetition) ? intervalParts(repetition.times) : dayParts(days, times, first);
  const bound = repetition.end ? endPart(repetition.end, repetition, first, now) : '';
  if (typeof bound !== 'string') return bound;
  if (!parts) return { doubt: times.type === 'at' ? 'several_times' : 'uneven' };
  const rule = [...parts, bound].filter((part) => part !== '').join(';');
  return { rrule: `DTSTART:${basic(first)}\nRRULE:${rule}` };
}

/** Every so many minutes, day and night. */
function isPlainInterval(repetition: Repetition): repetition is Repetition & { times: Interval } {
  const { days, times } = repetition;
  return times.type === 'every' && !times.window && days.type === 'days' && days.every === 1;
}

type Interval = Extract<Times, { type: 'every' }>;

const isDrifting = (times: Times): times is Interval =>
  times.type === 'every' && !times.window && !dividesTheDay(times.minutes);

function intervalParts({ minutes }: Interval): string[] {
  return minutes % 60 === 0 ? ['FREQ=HOURLY', interval(minutes / 60)] : ['FREQ=MINUTELY', interval(minutes)];
}

/** The times of one day on which something repeats. */
function minutesOfDay(times: Times): Minute[] {
  if (times.type === 'at') return times.minutes;
  const { from, to } = times.window ?? { from: 0, to: DAY_MINUTES - 1 };
  const count = Math.floor((to - from) / times.minutes) + 1;
  return Array.from({ length: count }, (_, index) => from + index * times.minutes).map((minute) => ({
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  }));
}

/** A rule by days; undefined when its times can't be said beside its days. */
function dayParts(rule: DayRule, times: Times, first: Temporal.PlainDateTime): string[] | undefined {
  if (isDrifting(times)) return undefined;
  const minutes = minutesOfDay(times);
  if (minutes.length === 1) return partsOfDays(rule, first);
  if (rule.type === 'nth_workday' || (rule.type === 'counted' && rule.unit !== 'week')) return undefined;
  const hours = unique(minutes.map(({ hour }) => hour));
  const inHour = unique(minutes.map(({ minute }) => minute));
  const byTime = [`BYHOUR=${hours.join(',')}`, inHour.length > 1 ? `BYMINUTE=${inHour.join(',')}` : ''];
  if (hours.length * inHour.length === minutes.length) return [...partsOfDays(rule, first), ...byTime];
  // of all pairings of the hours and minutes of a day, those that were said
  const daily = dailyParts(rule);
  const pairs = hours.flatMap((hour) => inHour.map((minute) => ({ hour, minute })));
  const places = pairs.flatMap(({ hour, minute }, index) =>
    minutes.some((one) => one.hour === hour && one.minute === minute) ? [index + 1] : [],
  );
  return daily && [...daily, ...byTime, `BYSETPOS=${places.join(',')}`];
}

function partsOfDays(rule: DayRule, first: Temporal.PlainDateTime): string[] {
  const every = interval(rule.every);
  switch (rule.type) {
    case 'days':
      return ['FREQ=DAILY', every];
    case 'weekdays':
      return ['FREQ=WEEKLY', every, byDay(rule.days)];
    case 'month_days':
      return rule.months
        ? ['FREQ=MONTHLY', `BYMONTH=${rule.months.join(',')}`, byMonthDay(rule.days)]
        : ['FREQ=MONTHLY', every, byMonthDay(rule.days)];
    case 'nth_weekday':
      return [
        'FREQ=MONTHLY',
        every,
        `BYDAY=${rule.nth.map((nth) => place(nth) + WEEKDAYS[rule.weekday - 1]).join(',')}`,
      ];
    case 'nth_workday':
      return ['FREQ=MONTHLY', every, byDay([1, 2, 3, 4, 5]), `BYSETPOS=${place(rule.nth)}`];
    case 'year':
      return ['FREQ=YEARLY', every, `BYMONTH=${rule.month}`, `BYMONTHDAY=${rule.day}`];
    case 'counted':
      return [`FREQ=${rule.unit.toUpperCase()}LY`, every, ...sameDayOfMonth(rule.unit, first)];
  }
}

/** The same days as a rule of every day, where that is possible. */
function dailyParts(rule: DayRule): string[] | undefined {
  if (rule.type === 'days') return ['FREQ=DAILY', interval(rule.every)];
  if (rule.every !== 1) return undefined;
  if (rule.type === 'weekdays') return ['FREQ=DAILY', byDay(rule.days)];
  if (rule.type === 'month_days') return ['FREQ=DAILY', byMonthDay(rule.days)];
  return rule.type === 'year' ? ['FREQ=DAILY', `BYMONTH=${rule.month}`, `BYMONTHDAY=${rule.day}`] : undefined;
}

/** Counted from the 31st, a shorter month has its last day: without this it would be left out. */
function sameDayOfMonth(unit: 'week' | 'month' | 'year', { day, month }: Temporal.PlainDateTime): string[] {
  if (unit === 'week' || day <= 28) return [];
  const days = [28, 29, 30, 31].filter((one) => one <= day);
  return [unit === 'year' ? `BYMONTH=${month}` : '', byMonthDay(days), 'BYSETPOS=-1'];
}

const interval = (every: number): string => (every === 1 ? '' : `INTERVAL=${every}`);
const byDay = (days: readonly number[]): string => `BYDAY=${days.map((day) => WEEKDAYS[day - 1]).join(',')}`;
const byMonthDay = (days: ReadonlyArray<number | 'last'>): string =>
  `BYMONTHDAY=${days.map(place).join(',')}`;
const place = (nth: Nth): string => (nth === 'last' ? '-1' : String(nth));
const unique = (found: readonly number[]): number[] => [...new Set(found)].sort((a, b) => a - b);
const basic = (time: Temporal.PlainDateTime): string =>
  time.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

/** COUNT or UNTIL. A day belongs to the repetition to its end; a length counts from its first day. */
function endPart(
  end: End,
  repetition: Repetition,
  first: Temporal.PlainDateTime,
  now: Temporal.ZonedDateTime,
): string | Doubted {
  if (end.type === 'count') return `COUNT=${end.count}`;
  const until = endOf(end, repetition, first, now);
  if (!until) return { doubt: 'limit' };
  return Temporal.PlainDateTime.compare(until, first) < 0 ? { doubt: 'conflict' } : `UNTIL=${basic(until)}`;
}

function endOf(
  end: Exclude<End, { type: 'count' }>,
  repetition: Repetition,
  first: Temporal.PlainDateTime,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDateTime | undefined {
  const lastSecond = { hour: 23, minute: 59, second: 59 };
  switch (end.type) {
    case 'day': {
      const dates = datesOf(end.day, now.toPlainDate());
      const notBefore = repetition.start ? first.toPlainDate() : now.toPlainDate();
      const date = dates.find((one) => Temporal.PlainDate.compare(one, notBefore) >= 0);
      return date?.toPlainDateTime(lastSecond);
    }
    case 'clock':
      return isPlainInterval(repetition) && !repetition.start ? laterToday(end.clock, first) : undefined;
    case 'length': {
      const { seconds, days, months } = end.span;
      if (isPlainInterval(repetition)) {
        const begin = repetition.start ? first : now.toPlainDateTime().round({ smallestUnit: 'minute' });
        return begin.add({ months, days, seconds: Math.round(seconds) });
      }
      if (seconds > 0) return undefined;
      return first.toPlainDate().add({ months, days }).subtract({ days: 1 }).toPlainDateTime(lastSecond);
    }
  }
}

/** "every hour until 6": on the day of the first one, at the next such hour of the clock. */
function laterToday(clock: Clock, first: Temporal.PlainDateTime): Temporal.PlainDateTime | undefined {
  const hours = clock.bare && clock.hour < 12 ? [clock.hour, clock.hour + 12] : [clock.hour];
  return hours
    .map((hour) => first.toPlainDate().toPlainDateTime({ hour, minute: clock.minute, second: clock.second }))
    .find((found) => Temporal.PlainDateTime.compare(found, first) >= 0);
}
