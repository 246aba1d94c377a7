import type { DayCondition, DayPick } from './describe-day-selection.ts';
import { fromRu, inRu, nthRu, WEEKDAYS_RU, type Gender } from './describe-names-ru.ts';
import { compact, listed, stretchesOf } from './describe-numbers.ts';
import { parityOf } from './describe-picks-en.ts';
import { namedDays } from './describe-week-en.ts';

type Period = 'month' | 'year';
type And = 'и' | 'или';

/** "1 и 15 числа и в последний день", "в первый и третий понедельник". */
export function picksRu(picks: readonly DayPick[], period: Period = 'month', and: And = 'и'): string {
  return listed(
    picks.map((pick) => pickRu(pick, period, and)),
    and,
  );
}

function pickRu(pick: DayPick, period: Period, and: And): string {
  switch (pick.type) {
    case 'days': {
      if (period === 'year') return `${inRu(compact(pick.days, and, (day) => `${day}-й`))} день`;
      const parity = parityOf(pick.days);
      if (parity) return `по ${parity === 'odd' ? 'нечётным' : 'чётным'} числам`;
      const [stretch, another] = stretchesOf(pick.days, 1);
      if (stretch && !another && pick.days.length > 2)
        return `${fromRu(String(stretch[0]))} по ${stretch[1]} число`;
      return `${compact(pick.days, and)} числа`;
    }
    case 'from_end':
      return inRu(fromEndRu(pick.days, and));
    case 'nearest':
      return `в ближайший ${pick.day === 2 ? 'ко' : 'к'} ${pick.day} числу рабочий день (пн–пт)`;
    case 'weekday': {
      const { name, gender } = oneOfRu(pick.weekdays);
      return inRu(nthsRu(pick.nths, name, gender, and));
    }
  }
}

function fromEndRu(days: readonly number[], and: And): string {
  const [most = 1] = days;
  if (days.length > 2 && days.length === most) return `каждый из последних ${most} дней`;
  return nthsRu(
    days.map((day) => -day),
    'день',
    'm',
    and,
  );
}

/** "первый и последний понедельник", "третий с конца и последний день". */
function nthsRu(nths: readonly number[], noun: string, gender: Gender, and: And): string {
  const names = nths.map((nth) => nthRu(nth, gender));
  return `${listed(names, and)} ${noun}`;
}

function oneOfRu(weekdays: readonly number[]): { name: string; gender: Gender } {
  const name = namedDays(weekdays);
  if (name !== undefined)
    return { name: name === 'weekday' ? 'рабочий день (пн–пт)' : 'выходной', gender: 'm' };
  const forms = weekdays.map((day) => WEEKDAYS_RU[day]);
  return {
    name: listed(
      forms.map((form) => form?.on ?? ''),
      'или',
    ),
    gender: forms[0]?.gender ?? 'm',
  };
}

/** "если это пятница или суббота", "если он приходится на второй понедельник месяца". */
export function conditionRu({ weekly, monthly }: DayCondition): string {
  const name = namedDays(weekly);
  const names = weekly.map((day) => WEEKDAYS_RU[day]?.is ?? '');
  const plain = name === undefined ? names : [name === 'weekday' ? 'будний день' : 'выходной'];
  const placed = monthly.map((pick) => `${pickRu(pick, 'month', 'или').replace(/^во? /, '')} месяца`);
  const known = weekly.length > 0 ? [`это ${listed(plain, 'или')}`] : [];
  const falls = placed.length > 0 ? [`этот день приходится на ${listed(placed, 'или')}`] : [];
  return `если ${listed([...known, ...falls], 'или')}`;
}
