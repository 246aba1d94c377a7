import { firstDayOf, modulo, weekdayOf } from './rrule-calendar.ts';

/** The day of the year that week 1 begins with, the first week with at least four days in it: from -3 to 3. */
function firstWeek(year: number, weekStart: number): number {
  const into = modulo(weekdayOf(firstDayOf(year)) - weekStart, 7);
  return into <= 3 ? -into : 7 - into;
}

function weeksIn(year: number, weekStart: number): number {
  const days = firstDayOf(year + 1) - firstDayOf(year);
  return (days + firstWeek(year + 1, weekStart) - firstWeek(year, weekStart)) / 7;
}

/**
 * The number of a day's week, and the same counted from the end (-1 is the last), as ISO 8601 counts but with weeks that
 * begin with `weekStart`. The first days of a year may lie in the last week of the one before, its last in the next's first.
 */
export function weekNumbersOf(year: number, dayOfYear: number, weekStart: number): readonly [number, number] {
  const week = 1 + Math.floor((dayOfYear - firstWeek(year, weekStart)) / 7);
  if (week < 1) return [weeksIn(year - 1, weekStart), -1];
  const weeks = weeksIn(year, weekStart);
  return week <= weeks ? [week, week - weeks - 1] : [1, -weeksIn(year + 1, weekStart)];
}
