import {
  calendarEn,
  daysEn,
  isCalendar,
  isOftenMissing,
  onlyDays,
  type DayWords,
} from './describe-days-en.ts';
import type { DaySelection } from './describe-day-selection.ts';
import { listed } from './describe-numbers.ts';
import { conditionEn, nthEn, picksEn } from './describe-picks-en.ts';
import type { RruleDays } from './describe-rrule-days.ts';
import type { PeriodUnit } from './describe-rrule.ts';
import { everyEn } from './describe-times-en.ts';
import { eachEn, namedDays, weekdaysEn } from './describe-week-en.ts';

/** "every second Friday", "every 3 months on the 15th", "every year on Monday of week 20". */
export function rruleDaysEn(days: RruleDays, every: number, unit: PeriodUnit): DayWords {
  if (days.type === 'weeks') {
    const weekdays = days.weekly.length === 0 ? 'every day' : weekdaysEn(days.weekly, 'and');
    return { text: `${everyEn(every, 'year')} on ${weekdays} of ${weeksEn(days.weeks)}`, closed: false };
  }
  if (days.type === 'year') {
    const scope = every === 1 ? 'every year' : 'the year';
    const often = every === 1 ? '' : `${everyEn(every, 'year')} `;
    const also = days.weekly.length === 0 ? '' : ` and ${eachEn(days.weekly)}`;
    return { text: `${often}on ${picksEn(days.picks, 'year')} of ${scope}${also}`, closed: also !== '' };
  }
  if (every === 1) return daysEn(days.selection);
  switch (unit) {
    case 'week':
      return { text: weeklyEn(days.selection.weekly, every), closed: false };
    case 'month':
    case 'year':
      return sparseEn(days.selection, every, unit);
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return { text: everyEn(every, 'day'), closed: false };
  }
}

function weeklyEn(weekly: readonly number[], every: number): string {
  // "every 2 weeks from Friday on" would leave open which Monday comes next, a second week doesn't.
  const weeks = `every ${nthEn(every)} week`;
  if (weekly.length === 0) return `every day of ${weeks}`;
  const days = weekdaysEn(weekly, 'and');
  if (weekly.length === 1)
    return every === 2 ? `every second ${days}` : `${everyEn(every, 'week')} on ${days}`;
  return `on ${namedDays(weekly) === 'weekday' ? 'weekdays' : days} of ${weeks}`;
}

/** Of every so many months or years. */
function sparseEn(selection: DaySelection, every: number, unit: 'month' | 'year'): DayWords {
  const { months, weekly, monthly, condition } = selection;
  const when = condition ? ` ${conditionEn(condition)}` : '';
  const often = everyEn(every, unit);
  if (weekly.length > 0 || monthly.length === 0) {
    const of = months.length === 12 && monthly.length > 0 && unit === 'month';
    const text = of ? `on ${picksEn(monthly)} and ${eachEn(weekly)}` : daysEn(selection).text;
    return { text: `in every ${nthEn(every)} ${unit}, ${text}`, closed: true };
  }
  const days = onlyDays(monthly);
  if (unit === 'month') {
    const missing = isOftenMissing(days) ? ' if there is one' : '';
    return { text: `${often} on ${picksEn(monthly)}${missing}${when}`, closed: missing + when !== '' };
  }
  if (days && isCalendar(days, months))
    return { text: `${often} on ${calendarEn(days, months)}${when}`, closed: when !== '' };
  const { text, closed } = daysEn(selection);
  const dates = text.replace(/^every year /, '');
  const isEach = dates.startsWith('every');
  return {
    text: isEach ? `in every ${nthEn(every)} year, ${dates}` : `${often} ${dates}`,
    closed: closed || isEach,
  };
}

/** "week 20 and the last week". */
export function weeksEn(weeks: readonly number[]): string {
  const numbers = weeks.filter((week) => week > 0).map(String);
  const named =
    numbers.length === 0 ? [] : [`${numbers.length === 1 ? 'week' : 'weeks'} ${listed(numbers, 'and')}`];
  const fromEnd = weeks.filter((week) => week < 0);
  const last = fromEnd.length === 0 ? [] : [`the ${listed(fromEnd.map(nthEn), 'and')} week of the year`];
  return listed([...named, ...last], 'and');
}
