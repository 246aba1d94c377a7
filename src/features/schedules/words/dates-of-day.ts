import { Temporal } from 'temporal-polyfill';
import type { Clock, Day } from './meaning.ts';

/**
 * The days a phrase may mean, soonest first: the second one counts when the time of the first is gone. Of a weekday those of so
 * many `weeks`.
 */
export function datesOf(day: Day, today: Temporal.PlainDate, weeks = 5): Temporal.PlainDate[] {
  switch (day.type) {
    case 'relative':
      return [today.add({ days: day.days })];
    case 'weekday': {
      const weekday = day.weekdays[0] ?? 1;
      // "next Friday" is the Friday of the next calendar week (Monday to Sunday)
      if (day.which === 'next') return [today.add({ days: 8 - today.dayOfWeek + weekday - 1 })];
      const coming = today.add({ days: (weekday - today.dayOfWeek + 7) % 7 });
      return Array.from({ length: weeks }, (_, more) => coming.add({ weeks: more }));
    }
    case 'date': {
      if (day.next_year) return realDate(today.year + 1, day.month, day.day);
      const years =
        day.year === undefined ? [0, 1, 2, 3, 4, 5, 6, 7, 8].map((more) => today.year + more) : [day.year];
      return years.flatMap((year) => realDate(year, day.month, day.day)).slice(0, 2);
    }
    case 'nth_of_month':
      return [0, 1].flatMap((more) => nthOfMonth(day, today.year + more));
    case 'end_of':
      return [lastDayOf(day.period, today)];
    case 'month_day': {
      const first = today.with({ day: 1 });
      const offsets = day.month_offset === undefined ? [0, 1, 2, 3] : [day.month_offset];
      return offsets.flatMap((months) => {
        const month = first.add({ months });
        return realDate(month.year, month.month, day.day === 'last' ? month.daysInMonth : day.day);
      });
    }
  }
}

type Period = Extract<Day, { type: 'end_of' }>['period'];

function lastDayOf(period: Period, today: Temporal.PlainDate): Temporal.PlainDate {
  if (typeof period === 'object') {
    const month = today.with({ day: 1, month: period.month });
    const next = period.month < today.month ? month.add({ years: 1 }) : month;
    return next.with({ day: next.daysInMonth });
  }
  switch (period) {
    case 'day':
      return today;
    case 'week':
      return today.add({ days: 7 - today.dayOfWeek });
    case 'month':
      return today.with({ day: today.daysInMonth });
    case 'year':
      return today.with({ month: 12, day: 31 });
  }
}

function nthOfMonth(
  { nth, weekday, month }: Extract<Day, { type: 'nth_of_month' }>,
  year: number,
): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const at = 1 + ((weekday - first.dayOfWeek + 7) % 7);
  const last = at + 7 * Math.floor((first.daysInMonth - at) / 7);
  return realDate(year, month, nth === 'last' ? last : at + 7 * (nth - 1));
}

function realDate(year: number, month: number, day: number): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day <= first.daysInMonth ? [first.with({ day })] : [];
}

/** A local time that a clock change skips or repeats is read as Temporal's "compatible" does. */
export function instantOn(
  date: Temporal.PlainDate,
  { hour, minute, second }: Pick<Clock, 'hour' | 'minute' | 'second'>,
  timezone: string,
): Temporal.ZonedDateTime {
  const time = Temporal.PlainTime.from({ hour, minute, second });
  return date.toPlainDateTime(time).toZonedDateTime(timezone, { disambiguation: 'compatible' });
}

export function isAfter(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): boolean {
  return a.epochMilliseconds > b.epochMilliseconds;
}
