import { listed, numbersBetween, rangeInCycle } from './describe-numbers.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** "every Monday and Thursday", "every day from Monday to Thursday". */
export function eachEn(weekly: readonly number[]): string {
  const name = namedDays(weekly);
  if (name !== undefined) return `every ${name}`;
  if (weekly.length === 6) return `every day except ${WEEKDAYS[missingDay(weekly)]}`;
  const range = rangeInCycle(weekly, { from: 0, size: 7, least: 4 });
  if (range) return `every day from ${WEEKDAYS[range[0]]} to ${WEEKDAYS[range[1]]}`;
  return `every ${weekdaysEn(weekly, 'and')}`;
}

export function namedDays(weekly: readonly number[]): string | undefined {
  const key = weekly.toSorted((a, b) => a - b).join('');
  return key === '12345' ? 'weekday' : key === '06' ? 'weekend day' : undefined;
}

export function missingDay(weekly: readonly number[]): number {
  return numbersBetween(0, 6).find((day) => !weekly.includes(day)) ?? 0;
}

/** "Monday, Tuesday and Friday". */
export function weekdaysEn(weekdays: readonly number[], and: 'and' | 'or'): string {
  return listed(
    weekdays.map((day) => WEEKDAYS[day] ?? ''),
    and,
  );
}
