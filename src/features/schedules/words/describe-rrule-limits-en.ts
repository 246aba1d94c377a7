import { inMonthsEn } from './describe-days-en.ts';
import { listed } from './describe-numbers.ts';
import { picksEn } from './describe-picks-en.ts';
import { weeksEn } from './describe-rrule-days-en.ts';
import type { DayLimit } from './describe-rrule-days.ts';
import { namedDays, weekdaysEn } from './describe-week-en.ts';

/** ", only in June and only on weekdays"; empty where there are no limits. `times` are limits in words already. */
export function limitsEn(limits: readonly DayLimit[], times: readonly string[]): string {
  const all = [...limits.map(limitEn), ...times].map((limit) => `only ${limit}`);
  return all.length === 0 ? '' : `, ${listed(all, 'and')}`;
}

function limitEn(limit: DayLimit): string {
  switch (limit.type) {
    case 'months':
      return inMonthsEn(limit.months);
    case 'weeks':
      return `in ${weeksEn(limit.weeks)}`;
    case 'days': {
      const { weekly, monthly } = limit.days;
      const weekdays = weekly.length === 0 ? [] : [pluralDays(weekly)];
      const picks = monthly.length === 0 ? [] : [`${picksEn(monthly, limit.of)} of the ${limit.of}`];
      return `on ${listed([...weekdays, ...picks], 'and')}`;
    }
  }
}

function pluralDays(weekly: readonly number[]): string {
  const name = namedDays(weekly);
  return name === undefined ? weekdaysEn(weekly, 'and').replaceAll('day', 'days') : `${name}s`;
}
