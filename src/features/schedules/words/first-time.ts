import type { Temporal } from 'temporal-polyfill';
import { instantOn, isAfter } from './dates-of-day.ts';
import type { DayRule, Nth } from './meaning.ts';

/** A time of the day, to the minute. */
export interface Minute {
  hour: number;
  minute: number;
}

/** The next 29 February may be eight years away. */
const FARTHEST_DAYS = 8 * 366 + 1;

/**
 * The first local time of a rule strictly after `now` and not before the day `from`; undefined when it never comes.
 *
 * @param times in the order of the day
 */
export function firstTime(
  rule: DayRule,
  times: readonly Minute[],
  from: Temporal.PlainDate,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDateTime | undefined {
  let date = from;
  for (let days = 0; days <= FARTHEST_DAYS; days++, date = date.add({ days: 1 })) {
    if (!fitsDay(rule, date)) continue;
    for (const { hour, minute } of times) {
      const found = instantOn(date, { hour, minute, second: 0 }, now.timeZoneId);
      if (isAfter(found, now)) return date.toPlainDateTime({ hour, minute });
    }
  }
  return undefined;
}

/** Whether a rule's first time may be on this day: how many days, weeks or months it leaves out comes after that. */
function fitsDay(rule: DayRule, date: Temporal.PlainDate): boolean {
  switch (rule.type) {
    case 'days':
    case 'counted':
      return true;
    case 'weekdays':
      return rule.days.includes(date.dayOfWeek);
    case 'month_days':
      return (
        (rule.months?.includes(date.month) ?? true) &&
        rule.days.some((day) => date.day === (day === 'last' ? date.daysInMonth : day))
      );
    case 'nth_weekday':
      return date.dayOfWeek === rule.weekday && rule.nth.some((nth) => isNth(date, nth));
    case 'nth_workday':
      return date.dayOfWeek <= 5 && isNthWorkday(date, rule.nth);
    case 'year':
      return date.day === rule.day && date.month === rule.month;
  }
}

function isNth(date: Temporal.PlainDate, nth: Nth): boolean {
  return nth === 'last' ? date.day + 7 > date.daysInMonth : Math.ceil(date.day / 7) === nth;
}

function isNthWorkday(date: Temporal.PlainDate, nth: Nth): boolean {
  const others = Array.from({ length: date.daysInMonth }, (_, index) => date.with({ day: index + 1 }));
  const workdays = others.filter((day) => day.dayOfWeek <= 5);
  return (nth === 'last' ? workdays.at(-1) : workdays[nth - 1])?.equals(date) ?? false;
}
