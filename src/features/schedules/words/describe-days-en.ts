import { EVERY_MONTH, type DayPick, type DaySelection } from './describe-day-selection.ts';
import { listed, rangeInCycle, stretchesOf } from './describe-numbers.ts';
import { conditionEn, ordinal, picksEn } from './describe-picks-en.ts';
import { eachEn } from './describe-week-en.ts';
import { MONTHS } from './local-time.ts';

/** Some days in words; `closed` says that what follows needs a comma before it. */
export interface DayWords {
  text: string;
  closed: boolean;
}

/** "every weekday", "on the last day of every month", "on the 13th of every month and every Friday". */
export function daysEn({ months, weekly, monthly, condition }: DaySelection): DayWords {
  const when = condition ? ` ${conditionEn(condition)}` : '';
  if (monthly.length === 0) {
    const days = weekly.length === 0 ? 'every day' : eachEn(weekly);
    return {
      text: `${days}${months.length === 12 ? '' : ` ${inMonthsEn(months)}`}${when}`,
      closed: when !== '',
    };
  }
  if (weekly.length === 0) return ended(datesEn(monthly, months, condition !== undefined), when);
  if (months.length === 12) return ended(`${datesEn(monthly, months)} and ${eachEn(weekly)}`, ',');
  return ended(`${inMonthsEn(months)}, on ${picksEn(monthly)} and ${eachEn(weekly)}`, ',');
}

/** What ends with more than a plain date needs a comma before the time. */
function ended(dates: string, end: string): DayWords {
  if (end === ',') return { text: dates, closed: true };
  return { text: dates + end, closed: end !== '' || dates.endsWith(' that has one') };
}

/** Dates of the months or of every year; `isLimited` when it is not every one of them. */
function datesEn(monthly: readonly DayPick[], months: readonly number[], isLimited = false): string {
  const days = onlyDays(monthly);
  if (days && isCalendar(days, months)) return `every year on ${calendarEn(days, months)}`;
  const scope = scopeEn(months, days);
  const often = months.length === 1 ? 'every year ' : '';
  const [from, ...more] = days ? stretchesOf(days, 1) : [];
  if (from && more.length === 0 && from[1] - from[0] >= 2)
    return `${isLimited ? often : 'every day '}from the ${ordinal(from[0])} to the ${ordinal(from[1])} of ${scope}`;
  return `${often}on ${picksEn(monthly)} of ${scope}`;
}

export function onlyDays([pick, another]: readonly DayPick[]): readonly number[] | undefined {
  return pick?.type === 'days' && !another ? pick.days : undefined;
}

/** Whether the days are a few dates of a year. */
export function isCalendar(days: readonly number[], months: readonly number[]): boolean {
  const isFew = days.length * months.length <= 4 && !monthRange(months);
  return isFew && (days.length === 1 || months.length === 1);
}

/** "5 and 6 December", "1 January and 1 July". */
export function calendarEn(days: readonly number[], months: readonly number[]): string {
  const name = (month: number) => MONTHS.en[month - 1] ?? '';
  const [month = 1] = months;
  if (months.length === 1) return `${listed(days.map(String), 'and')} ${name(month)}`;
  return listed(
    months.map((each) => `${days[0]} ${name(each)}`),
    'and',
  );
}

function scopeEn(months: readonly number[], days: readonly number[] | undefined): string {
  if (months.length < 12) return ofMonthsEn(months);
  return isOftenMissing(days) ? 'every month that has one' : 'every month';
}

/** A single day that not every month has. */
export function isOftenMissing(days: readonly number[] | undefined): boolean {
  return days?.length === 1 && (days[0] ?? 0) > 28;
}

/** "every month from November to February", "January and July". */
function ofMonthsEn(months: readonly number[]): string {
  return monthRange(months) ? `every month ${inMonthsEn(months)}` : monthList(months);
}

/** "in June", "from November to February". */
export function inMonthsEn(months: readonly number[]): string {
  const range = monthRange(months);
  if (!range) return `in ${monthList(months)}`;
  return `from ${MONTHS.en[range[0] - 1]} to ${MONTHS.en[range[1] - 1]}`;
}

export function monthRange(months: readonly number[]): [number, number] | undefined {
  return rangeInCycle(months, { from: 1, size: EVERY_MONTH.length, least: 3 });
}

function monthList(months: readonly number[]): string {
  return listed(
    months.map((month) => MONTHS.en[month - 1] ?? ''),
    'and',
  );
}
