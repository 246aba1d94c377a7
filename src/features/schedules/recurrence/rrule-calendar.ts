/** Days are numbered from 1970-01-01, which is 0; weekdays from Monday, which is 0; days of a year from 0. */

export const DAY_S = 86_400;
/** After so many days the calendar is the same again, weekdays too. */
export const CALENDAR_CYCLE_DAYS = 146_097;
/** The last second of the year 9999; nothing is looked for after it. */
export const LAST_SECOND = 253_402_300_799;

const DAYS_TO_1970 = 719_528;

/** The day a year begins with. Years are those of ISO 8601: 0 is there. */
export function firstDayOf(year: number): number {
  const past = year - 1;
  return (
    365 * year + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) + 1 - DAYS_TO_1970
  );
}

export function yearOf(day: number): number {
  const guess = Math.floor((day + DAYS_TO_1970) / 365.2425);
  if (day < firstDayOf(guess)) return guess - 1;
  return day < firstDayOf(guess + 1) ? guess : guess + 1;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function weekdayOf(day: number): number {
  return modulo(day + 3, 7);
}

const COMMON = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const LEAP = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366];

/** The days of the year that the months begin with, and after them the length of the year. */
export function monthStarts(year: number): readonly number[] {
  return isLeap(year) ? LEAP : COMMON;
}

/** From 0, January. */
export function monthOf(year: number, dayOfYear: number): number {
  const starts = monthStarts(year);
  let month = Math.min(11, Math.floor(dayOfYear / 29));
  while ((starts[month] ?? 0) > dayOfYear) month -= 1;
  return month;
}

/** The remainder that is never negative. */
export function modulo(number: number, by: number): number {
  return ((number % by) + by) % by;
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
