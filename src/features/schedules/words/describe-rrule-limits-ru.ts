import { inMonthsRu } from './describe-days-ru.ts';
import { listed } from './describe-numbers.ts';
import { picksRu } from './describe-picks-ru.ts';
import { inWeeksRu } from './describe-rrule-days-ru.ts';
import type { DayLimit } from './describe-rrule-days.ts';
import { eachWeekdayRu } from './describe-week-ru.ts';

/** ", только в июне и только по будням"; empty where there are no limits. `times` are limits in words already. */
export function limitsRu(limits: readonly DayLimit[], times: readonly string[]): string {
  const all = [...limits.map(limitRu), ...times].map((limit) => `только ${limit}`);
  return all.length === 0 ? '' : `, ${listed(all, 'и')}`;
}

function limitRu(limit: DayLimit): string {
  switch (limit.type) {
    case 'months':
      return inMonthsRu(limit.months);
    case 'weeks':
      return inWeeksRu(limit.weeks);
    case 'days': {
      const { weekly, monthly } = limit.days;
      const weekdays = weekly.length === 0 ? [] : [eachWeekdayRu(weekly)];
      const of = limit.of === 'month' ? 'месяца' : 'года';
      const picks = monthly.length === 0 ? [] : [`${picksRu(monthly, limit.of)} ${of}`];
      return listed([...weekdays, ...picks], 'и');
    }
  }
}
