import {
  firstDayOf,
  isLeap,
  LAST_SECOND,
  DAY_S,
  monthOf,
  monthStarts,
  weekdayOf,
  yearOf,
} from './rrule-calendar.ts';
import { weekNumbersOf } from './rrule-week-number.ts';

/** What a day must be, as in RruleRule but with numbers for weekdays and months from 1. An empty list asks nothing. */
export interface DayConditions {
  bymonth: readonly number[];
  byweekno: readonly number[];
  byyearday: readonly number[];
  bymonthday: readonly number[];
  byday: readonly { weekday: number; nth: number | null }[];
  /** What the first Friday is the first of. */
  nthOf: 'month' | 'year';
  weekStart: number;
}

/** The days that meet conditions. */
export interface MatchingDays {
  /** The first such day from `day` on; null when there is none any more up to the end of the year 9999. */
  firstFrom(day: number): number | null;
  /** All from `first` up to, not including, `end`. */
  between(first: number, end: number): number[];
}

const LAST_DAY = Math.floor(LAST_SECOND / DAY_S);

/**
 * A year's days are found once for each of the 28 kinds of years there are: by the weekday it begins with, and by where
 * the nearest leap year is, of which the numbers of its first and last weeks depend.
 */
export function matchingDays(conditions: DayConditions): MatchingDays {
  const kinds = new Map<number, number[]>();

  function daysOf(year: number): number[] {
    const kind = weekdayOf(firstDayOf(year)) * 4 + [year, year - 1, year + 1].findIndex(isLeap);
    let days = kinds.get(kind);
    if (!days) kinds.set(kind, (days = daysOfYear(year, conditions)));
    return days;
  }

  return {
    firstFrom(day) {
      // Of any forty years one is of each kind, but for the centuries, which leave out at most eight.
      const first = yearOf(day);
      for (let year = first; year < first + 50; year++) {
        const start = firstDayOf(year);
        if (start > LAST_DAY) return null;
        const days = daysOf(year);
        const found = days[year === first ? positionFrom(days, day - start) : 0];
        if (found !== undefined) return start + found;
      }
      return null;
    },
    between(first, end) {
      const found: number[] = [];
      for (let year = yearOf(first); firstDayOf(year) < end; year++) {
        const start = firstDayOf(year);
        const days = daysOf(year);
        const to = positionFrom(days, end - start);
        for (let at = positionFrom(days, first - start); at < to; at++) found.push(start + (days[at] ?? 0));
      }
      return found;
    },
  };
}

/** Where in a sorted list the first number lies that is at least `least`; its length when there is none. */
function positionFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function daysOfYear(year: number, conditions: DayConditions): number[] {
  const days: number[] = [];
  const starts = monthStarts(year);
  const length = starts[12] ?? 0;
  for (let day = 0; day < length; day++) {
    if (isMatch(year, day, starts, conditions)) days.push(day);
  }
  return days;
}

function isMatch(year: number, day: number, starts: readonly number[], conditions: DayConditions): boolean {
  const { bymonth, byweekno, byyearday, bymonthday, byday, nthOf, weekStart } = conditions;
  const length = starts[12] ?? 0;
  const month = monthOf(year, day);
  const monthStart = starts[month] ?? 0;
  const monthEnd = starts[month + 1] ?? 0;
  if (!isListed(bymonth, month + 1, month + 1)) return false;
  if (!isListed(bymonthday, day - monthStart + 1, day - monthEnd)) return false;
  if (!isListed(byyearday, day + 1, day - length)) return false;
  if (byweekno.length > 0 && !isListed(byweekno, ...weekNumbersOf(year, day, weekStart))) return false;
  if (byday.length === 0) return true;
  const weekday = weekdayOf(firstDayOf(year) + day);
  const [start, end] = nthOf === 'month' ? [monthStart, monthEnd] : [0, length];
  const nth = Math.floor((day - start) / 7) + 1;
  const nthFromEnd = -Math.floor((end - 1 - day) / 7) - 1;
  return byday.some(
    (wanted) =>
      wanted.weekday === weekday && (wanted.nth === null || wanted.nth === nth || wanted.nth === nthFromEnd),
  );
}

function isListed(list: readonly number[], number: number, fromEnd: number): boolean {
  return list.length === 0 || list.includes(number) || list.includes(fromEnd);
}
