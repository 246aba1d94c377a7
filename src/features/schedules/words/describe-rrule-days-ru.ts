import { isCalendar, isOftenMissing, onlyDays, type DayWords } from './describe-days-en.ts';
import { calendarRu, daysRu } from './describe-days-ru.ts';
import type { DaySelection } from './describe-day-selection.ts';
import { inRu, nthRu, WEEKDAYS_RU, type Gender } from './describe-names-ru.ts';
import { listed } from './describe-numbers.ts';
import { conditionRu, picksRu } from './describe-picks-ru.ts';
import type { RruleDays } from './describe-rrule-days.ts';
import type { PeriodUnit } from './describe-rrule.ts';
import { everyRu } from './describe-times-ru.ts';
import { eachRu, eachWeekdayRu } from './describe-week-ru.ts';

/** "каждую вторую пятницу", "каждые 3 месяца 15 числа", "каждый год в понедельник 20-й недели". */
export function rruleDaysRu(days: RruleDays, every: number, unit: PeriodUnit): DayWords {
  if (days.type === 'weeks') {
    const names = days.weekly.map((day) => inRu(WEEKDAYS_RU[day]?.on ?? ''));
    const weekdays = names.length === 0 ? 'во все дни' : listed(names, 'и');
    return { text: `${everyRu(every, 'year')} ${weekdays} ${weeksOfRu(days.weeks)}`, closed: false };
  }
  if (days.type === 'year') {
    const scope = every === 1 ? 'каждого года' : 'года';
    const often = every === 1 ? '' : `${everyRu(every, 'year')} `;
    const also = days.weekly.length === 0 ? '' : ` и ${eachWeekdayRu(days.weekly)}`;
    return { text: `${often}${picksRu(days.picks, 'year')} ${scope}${also}`, closed: also !== '' };
  }
  if (every === 1) return daysRu(days.selection);
  switch (unit) {
    case 'week':
      return { text: weeklyRu(days.selection.weekly, every), closed: days.selection.weekly.length === 0 };
    case 'month':
    case 'year':
      return sparseRu(days.selection, every, unit);
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return { text: everyRu(every, 'day'), closed: false };
  }
}

const EACH: Record<Gender, string> = { m: 'каждый', f: 'каждую', n: 'каждое' };

function weeklyRu(weekly: readonly number[], every: number): string {
  if (weekly.length === 0) return `каждую ${nthRu(every, 'f')} неделю, каждый день`;
  const weekday = WEEKDAYS_RU[weekly[0] ?? 0];
  if (weekly.length === 1 && every === 2 && weekday)
    return `${EACH[weekday.gender]} ${nthRu(2, weekday.gender)} ${weekday.on}`;
  const weeks = weekly.length === 1 ? everyRu(every, 'week') : `каждую ${nthRu(every, 'f')} неделю`;
  return `${weeks} ${eachWeekdayRu(weekly)}`;
}

/** Of every so many months or years. */
function sparseRu(selection: DaySelection, every: number, unit: 'month' | 'year'): DayWords {
  const { months, weekly, monthly, condition } = selection;
  const when = condition ? `, ${conditionRu(condition)}` : '';
  const often = everyRu(every, unit);
  const each = `каждый ${nthRu(every, 'm')} ${unit === 'month' ? 'месяц' : 'год'}`;
  if (weekly.length > 0 || monthly.length === 0) {
    const of = months.length === 12 && monthly.length > 0 && unit === 'month';
    const text = of ? `${picksRu(monthly)} и ${eachRu(weekly)}` : daysRu(selection).text;
    return { text: `${each}, ${text}`, closed: true };
  }
  const days = onlyDays(monthly);
  if (unit === 'month') {
    const missing = isOftenMissing(days) ? ', если оно есть' : '';
    return { text: `${often} ${picksRu(monthly)}${missing}${when}`, closed: missing + when !== '' };
  }
  if (days && isCalendar(days, months))
    return { text: `${often} ${calendarRu(days, months)}${when}`, closed: when !== '' };
  const { text, closed } = daysRu(selection);
  const dates = text.replace(/^каждый год /, '');
  const isEach = dates.startsWith('каждый');
  return { text: isEach ? `${each}, ${dates}` : `${often} ${dates}`, closed: closed || isEach };
}

/** "20-й и последней недели" года. */
function weeksOfRu(weeks: readonly number[]): string {
  return `${listed(weeks.map(ofWeek), 'и')} недели года`;
}

/** "на 20-й и последней неделе года". */
export function inWeeksRu(weeks: readonly number[]): string {
  return `на ${listed(weeks.map(ofWeek), 'и')} неделе года`;
}

function ofWeek(week: number): string {
  if (week === -1) return 'последней';
  if (week === -2) return 'предпоследней';
  return `${Math.abs(week)}-й${week < 0 ? ' с конца' : ''}`;
}
