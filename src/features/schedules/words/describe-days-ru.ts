import type { DayPick, DaySelection } from './describe-day-selection.ts';
import { MONTHS_RU } from './describe-names-ru.ts';
import { listed } from './describe-numbers.ts';
import { isCalendar, isOftenMissing, monthRange, onlyDays, type DayWords } from './describe-days-en.ts';
import { conditionRu, picksRu } from './describe-picks-ru.ts';
import { eachRu } from './describe-week-ru.ts';

/** "по будням", "в последний день каждого месяца", "13 числа каждого месяца и по пятницам". */
export function daysRu({ months, weekly, monthly, condition }: DaySelection): DayWords {
  const when = condition ? `, ${conditionRu(condition)}` : '';
  if (monthly.length === 0) {
    const days = weekly.length === 0 ? 'каждый день' : eachRu(weekly);
    return ended(days + (months.length === 12 ? '' : ` ${inMonthsRu(months)}`), when);
  }
  if (weekly.length === 0) return ended(datesRu(monthly, months, condition !== undefined), when);
  if (months.length === 12) return ended(`${datesRu(monthly, months)} и ${eachRu(weekly)}`, ',');
  return ended(`${inMonthsRu(months)} ${picksRu(monthly)} и ${eachRu(weekly)}`, ',');
}

/** What ends with a clause needs a comma after it. */
function ended(dates: string, end: string): DayWords {
  const text = (end === ',' ? dates : dates + end).replace(/,$/, '');
  return { text, closed: end !== '' || /,$| есть$/.test(dates) };
}

/** Dates of the months or of every year; `isLimited` when it is not every one of them. */
function datesRu(monthly: readonly DayPick[], months: readonly number[], isLimited = false): string {
  const days = onlyDays(monthly);
  if (days && isCalendar(days, months)) return `каждый год ${calendarRu(days, months)}`;
  const dates = picksRu(monthly);
  const isEachDay = days !== undefined && !isLimited && /^со? /.test(dates);
  const often = isEachDay ? 'каждый день ' : months.length === 1 ? 'каждый год ' : '';
  return `${often}${dates} ${scopeRu(months, days)}`;
}

/** "5 и 6 декабря", "1 января и 1 июля". */
export function calendarRu(days: readonly number[], months: readonly number[]): string {
  const name = (month: number) => MONTHS_RU[month - 1]?.of ?? '';
  const [month = 1] = months;
  if (months.length === 1) return `${listed(days.map(String), 'и')} ${name(month)}`;
  return listed(
    months.map((each) => `${days[0]} ${name(each)}`),
    'и',
  );
}

function scopeRu(months: readonly number[], days: readonly number[] | undefined): string {
  if (months.length < 12) return ofMonthsRu(months);
  return isOftenMissing(days) ? 'каждого месяца, где оно есть' : 'каждого месяца';
}

/** "каждого месяца с ноября по февраль", "января и июля". */
function ofMonthsRu(months: readonly number[]): string {
  if (monthRange(months)) return `каждого месяца ${inMonthsRu(months)}`;
  return listed(
    months.map((month) => MONTHS_RU[month - 1]?.of ?? ''),
    'и',
  );
}

/** "в июне", "с ноября по февраль". */
export function inMonthsRu(months: readonly number[]): string {
  const range = monthRange(months);
  if (range) return `с ${MONTHS_RU[range[0] - 1]?.of} по ${MONTHS_RU[range[1] - 1]?.to}`;
  return `в ${listed(
    months.map((month) => MONTHS_RU[month - 1]?.within ?? ''),
    'и',
  )}`;
}
