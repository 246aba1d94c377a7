import type { Temporal } from 'temporal-polyfill';
import type { DayRule } from './meaning.ts';
import type { Repetition, Times } from './repetition.ts';

const DAY_MINUTES = 1440;

/**
 * The five-field cron expression that says exactly the same as a repetition, if there is one: it divides the hour, the
 * day and the year evenly, and neither begins nor ends.
 *
 * @param first the repetition's first time, from which its months are counted
 */
export function cronOf(
  { days, times, start, end }: Repetition,
  first: Temporal.PlainDateTime,
): string | undefined {
  if (start || end) return undefined;
  const fields = [timeFields(times), dayFields(days, first)];
  return fields.every((found) => found !== undefined) ? fields.flat().join(' ') : undefined;
}

/** Whether times so many minutes apart are the same ones every day. */
export const dividesTheDay = (minutes: number): boolean =>
  minutes < 60 ? 60 % minutes === 0 : minutes % 60 === 0 && DAY_MINUTES % minutes === 0;

function timeFields(times: Times): [minute: string, hour: string] | undefined {
  if (times.type === 'at') {
    const hours = numbers(times.minutes.map(({ hour }) => hour));
    const minutes = numbers(times.minutes.map(({ minute }) => minute));
    // one expression fires at every pairing of its minutes and hours
    if (hours.length * minutes.length !== times.minutes.length) return undefined;
    return [minutes.join(','), hours.join(',')];
  }
  const { minutes, window } = times;
  return window ? windowFields(minutes, window) : stepFields(minutes);
}

const step = (every: number): string => (every === 1 ? '' : `/${every}`);

function stepFields(minutes: number): [minute: string, hour: string] | undefined {
  if (!dividesTheDay(minutes)) return undefined;
  return minutes < 60 ? [`*${step(minutes)}`, '*'] : ['0', `*${step(minutes / 60)}`];
}

/** Whole hours of minutes, or the same minute of several hours. */
function windowFields(
  minutes: number,
  { from, to }: { from: number; to: number },
): [minute: string, hour: string] | undefined {
  const [firstHour, lastHour] = [Math.floor(from / 60), Math.floor(to / 60)];
  if (minutes < 60) {
    if (!dividesTheDay(minutes) || from % 60 !== 0 || (to + minutes) % 60 !== 0) return undefined;
    return [`*${step(minutes)}`, firstHour === lastHour ? String(firstHour) : `${firstHour}-${lastHour}`];
  }
  if (minutes % 60 !== 0 || from % 60 !== to % 60) return undefined;
  return [String(from % 60), `${firstHour}-${lastHour}${step(minutes / 60)}`];
}

type DayFields = [day: string, month: string, weekday: string];

function dayFields(rule: DayRule, first: Temporal.PlainDateTime): DayFields | undefined {
  if (rule.type === 'month_days') {
    const months = monthField(rule, first);
    return months === undefined ? undefined : [rule.days.map(dayOfMonth).join(','), months, '*'];
  }
  if (rule.every !== 1) return undefined;
  switch (rule.type) {
    case 'counted':
      return undefined;
    case 'days':
      return ['*', '*', '*'];
    case 'weekdays':
      return ['*', '*', cronWeekdays(rule.days)];
    case 'nth_weekday':
      return ['*', '*', rule.nth.map((nth) => `${rule.weekday % 7}#${nth === 'last' ? 'L' : nth}`).join(',')];
    case 'nth_workday':
      if (rule.nth === 'last') return ['LW', '*', '*'];
      return rule.nth === 1 ? ['1W', '*', '*'] : undefined;
    case 'year':
      return [String(rule.day), String(rule.month), '*'];
  }
}

const dayOfMonth = (day: number | 'last'): string => (day === 'last' ? 'L' : String(day));

// `*/3` is January, April, July and October
function monthField(
  { every, months }: Extract<DayRule, { type: 'month_days' }>,
  first: Temporal.PlainDateTime,
): string | undefined {
  if (every === 1) return '*';
  const fromJanuary = (months?.[0] ?? first.month) % every === 1;
  if (12 % every === 0 && fromJanuary) return `*/${every}`;
  return months?.join(',');
}

/** ISO weekdays as cron's, Sunday 0; three or more in a row as a range. */
function cronWeekdays(days: readonly number[]): string {
  const found = numbers(days.map((day) => day % 7));
  if (found.length === 7) return '*';
  const [first = 0] = found;
  if (found.length > 2 && found.every((day, index) => day === first + index))
    return `${first}-${found.at(-1)}`;
  return found.join(',');
}

const numbers = (found: readonly number[]): number[] => [...new Set(found)].sort((a, b) => a - b);
