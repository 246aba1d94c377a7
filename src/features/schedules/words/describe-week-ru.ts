import { fromRu, WEEKDAYS_RU } from './describe-names-ru.ts';
import { listed, rangeInCycle } from './describe-numbers.ts';
import { missingDay, namedDays } from './describe-week-en.ts';

/** "по будням", "по понедельникам и четвергам", "каждый день со вторника по субботу", "каждый день, кроме среды,". */
export function eachRu(weekly: readonly number[]): string {
  if (namedDays(weekly) !== undefined) return eachWeekdayRu(weekly);
  if (weekly.length === 6) return `каждый день, кроме ${WEEKDAYS_RU[missingDay(weekly)]?.of},`;
  const range = rangeInCycle(weekly, { from: 0, size: 7, least: 4 });
  if (!range) return eachWeekdayRu(weekly);
  return `каждый день ${fromRu(WEEKDAYS_RU[range[0]]?.of ?? '')} по ${WEEKDAYS_RU[range[1]]?.on}`;
}

/** "по будням", "по понедельникам, вторникам и средам". */
export function eachWeekdayRu(weekly: readonly number[]): string {
  const name = namedDays(weekly);
  if (name !== undefined) return name === 'weekday' ? 'по будням' : 'по выходным';
  return `по ${listed(
    weekly.map((day) => WEEKDAYS_RU[day]?.each ?? ''),
    'и',
  )}`;
}
