import { firstFrom, lowestBit } from './cron-bits.ts';
import { daysOfMonth } from './cron-days.ts';
import type { WallClockRule } from './cron-expression.ts';

const DAY_MS = 86_400_000;
/** After 400 years the calendar begins anew, on the same weekday. */
const CYCLE_MONTHS = 4_800;
/** A zone ahead of UTC is in this year before 9999 ends. */
const LAST_YEAR = 10_000;

/** The first time of day of the rule from `second` of the day on; -1 when there is none. */
function timeFrom(rule: WallClockRule, second: number): number {
  const atHour = Math.floor(second / 3_600);
  const atMinute = Math.floor(second / 60) % 60;
  let hour = firstFrom(rule.hours, atHour);
  if (hour === atHour) {
    let minute = firstFrom(rule.minutes, atMinute);
    if (minute === atMinute) {
      const within = firstFrom(rule.seconds, second % 60);
      if (within !== -1) return hour * 3_600 + minute * 60 + within;
      minute = firstFrom(rule.minutes, atMinute + 1);
    }
    if (minute !== -1) return hour * 3_600 + minute * 60 + firstFrom(rule.seconds, 0);
    hour = firstFrom(rule.hours, atHour + 1);
  }
  if (hour === -1) return -1;
  return hour * 3_600 + firstFrom(rule.minutes, 0) * 60 + firstFrom(rule.seconds, 0);
}

function lengthOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/**
 * The first wall-clock time of the rule from `localMs` on, both ms since 1970 as if they were UTC and whole seconds;
 * null when there is none up to the year 10,000. `look` is told of every month that is looked at.
 */
export function wallClockFrom(rule: WallClockRule, localMs: number, look?: () => void): number | null {
  const today = Math.floor(localMs / DAY_MS);
  // Howard Hinnant's civil_from_days: years begin with March, in eras of 400 years.
  const shifted = today + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * fromMarch + 2) / 5);
  let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

  /** The days of the month still to come, and the first of them as days since 1970. */
  let first = today;
  let behind = date;
  const time = timeFrom(rule, (localMs - today * DAY_MS) / 1_000);
  for (let looked = 0; looked <= CYCLE_MONTHS && year <= LAST_YEAR; looked += 1) {
    const length = lengthOf(year, month);
    look?.();
    if (firstFrom(rule.months, month) === month) {
      // 1970 began with a Thursday.
      const weekday = (((first - behind + 4) % 7) + 7) % 7;
      let rest = daysOfMonth(rule.days, length, weekday) >>> behind;
      if (looked === 0 && (rest & 1) === 1) {
        if (time !== -1) return today * DAY_MS + time * 1_000;
        rest &= ~1;
      }
      if (rest !== 0) return (first + lowestBit(rest)) * DAY_MS + timeFrom(rule, 0) * 1_000;
    }
    first += length - behind;
    behind = 0;
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
  return null;
}
