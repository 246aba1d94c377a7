import type { DayCondition, DayPick } from './describe-day-selection.ts';
import { compact, listed, stepOf } from './describe-numbers.ts';
import { namedDays, weekdaysEn } from './describe-week-en.ts';

const NTH = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

type Period = 'month' | 'year';
type And = 'and' | 'or';

/** "the 1st, 15th and the last day", "the first and third Monday". */
export function picksEn(picks: readonly DayPick[], period: Period = 'month', and: And = 'and'): string {
  return listed(
    picks.flatMap((pick, index) => pickEn(pick, period, and, index === picks.length - 1)),
    and,
  );
}

/** The items of a list that a pick makes: days of the month go along with what follows them. */
function pickEn(pick: DayPick, period: Period, and: And, isLast: boolean): string[] {
  switch (pick.type) {
    case 'days':
      return daysEn(pick.days, period, and, isLast);
    case 'from_end':
      return [fromEndEn(pick.days, and)];
    case 'nearest':
      return [`the working day (Mon–Fri) nearest to the ${ordinal(pick.day)}`];
    case 'weekday':
      return [`the ${listed(pick.nths.map(nthEn), and)} ${oneOfEn(pick.weekdays)}`];
  }
}

function daysEn(days: readonly number[], period: Period, and: And, isLast: boolean): string[] {
  if (period === 'year') return [`the ${compact(days, and, ordinal)} day`];
  const parity = parityOf(days);
  if (parity) return [`${parity}-numbered days`];
  if (days.length > 5 || isLast) return [`the ${compact(days, and, ordinal)}`];
  return days.map((day, index) => (index === 0 ? `the ${ordinal(day)}` : ordinal(day)));
}

/** Half of a month's days; the 31st is odd. */
export function parityOf(days: readonly number[]): 'odd' | 'even' | undefined {
  if (stepOf(days) !== 2) return undefined;
  if (days[0] === 1 && days.at(-1) === 31) return 'odd';
  return days[0] === 2 && days.at(-1) === 30 ? 'even' : undefined;
}

function fromEndEn(days: readonly number[], and: And): string {
  const [most = 1] = days;
  if (days.length > 2 && days.length === most) return `each of the last ${most} days`;
  return `the ${listed(
    days.map((day) => nthEn(-day)),
    and,
  )} day`;
}

/** "first", "21st", "last", "second-to-last". */
export function nthEn(nth: number): string {
  if (nth === -1) return 'last';
  const name = NTH[Math.abs(nth)] ?? ordinal(Math.abs(nth));
  return nth < 0 ? `${name}-to-last` : name;
}

function oneOfEn(weekdays: readonly number[]): string {
  const name = namedDays(weekdays);
  if (name === 'weekday') return 'working day (Mon–Fri)';
  return name ?? weekdaysEn(weekdays, 'or');
}

/** "if it is a Friday or Saturday", "if it is the 13th and a Friday". */
export function conditionEn({ weekly, monthly }: DayCondition): string {
  const kinds = [
    ...(weekly.length > 0 ? [`a ${namedDays(weekly) ?? weekdaysEn(weekly, 'or')}`] : []),
    ...(monthly.length > 0 ? [`${picksEn(monthly, 'month', 'or')} of the month`] : []),
  ];
  return `if it is ${listed(kinds, 'or')}`;
}

/** "1st", "12th". */
export function ordinal(day: number): string {
  const tens = day % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}
