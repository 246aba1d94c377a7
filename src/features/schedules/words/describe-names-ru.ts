import { MONTHS } from './local-time.ts';

export type Gender = 'm' | 'f' | 'n';

interface WeekdayForms {
  /** это среда */
  is: string;
  /** в среду */
  on: string;
  /** по средам */
  each: string;
  /** со среды, кроме среды */
  of: string;
  gender: Gender;
}

/** Indexed as cron counts: Sunday 0. */
export const WEEKDAYS_RU: readonly WeekdayForms[] = [
  { is: 'воскресенье', on: 'воскресенье', each: 'воскресеньям', of: 'воскресенья', gender: 'n' },
  { is: 'понедельник', on: 'понедельник', each: 'понедельникам', of: 'понедельника', gender: 'm' },
  { is: 'вторник', on: 'вторник', each: 'вторникам', of: 'вторника', gender: 'm' },
  { is: 'среда', on: 'среду', each: 'средам', of: 'среды', gender: 'f' },
  { is: 'четверг', on: 'четверг', each: 'четвергам', of: 'четверга', gender: 'm' },
  { is: 'пятница', on: 'пятницу', each: 'пятницам', of: 'пятницы', gender: 'f' },
  { is: 'суббота', on: 'субботу', each: 'субботам', of: 'субботы', gender: 'f' },
];

interface MonthForms {
  /** 1 июня, с июня */
  of: string;
  /** в июне */
  within: string;
  /** по июнь */
  to: string;
}

const MARCH = 2;
const AUGUST = 7;

/** January first. */
export const MONTHS_RU: readonly MonthForms[] = MONTHS.ru.map((of, index) => {
  const stem = of.slice(0, -1);
  return {
    of,
    within: `${stem}е`,
    to: index === MARCH || index === AUGUST ? stem : `${stem}${of.endsWith('я') && index !== 4 ? 'ь' : 'й'}`,
  };
});

/** Accusative endings of ordinals: первый, первую, первое. */
const STEMS = ['', 'перв', 'втор', 'трет', 'четвёрт', 'пят', 'шест', 'седьм', 'восьм', 'девят', 'десят'];
const ENDINGS: Record<Gender, string> = { m: 'ый', f: 'ую', n: 'ое' };
const IRREGULAR: Record<number, Record<Gender, string>> = {
  2: { m: 'второй', f: 'вторую', n: 'второе' },
  3: { m: 'третий', f: 'третью', n: 'третье' },
  6: { m: 'шестой', f: 'шестую', n: 'шестое' },
  7: { m: 'седьмой', f: 'седьмую', n: 'седьмое' },
  8: { m: 'восьмой', f: 'восьмую', n: 'восьмое' },
};
const SHORT: Record<Gender, string> = { m: 'й', f: 'ю', n: 'е' };
const LAST: Record<Gender, string> = { m: 'последний', f: 'последнюю', n: 'последнее' };
const LAST_BUT_ONE: Record<Gender, string> = { m: 'предпоследний', f: 'предпоследнюю', n: 'предпоследнее' };

/** "первый", "21-й", "последнюю", "третье с конца": before a noun of this gender, in the accusative. */
export function nthRu(nth: number, gender: Gender): string {
  if (nth === -1) return LAST[gender];
  if (nth === -2) return LAST_BUT_ONE[gender];
  const size = Math.abs(nth);
  const stem = STEMS[size];
  const name = IRREGULAR[size]?.[gender] ?? (stem ? stem + ENDINGS[gender] : `${size}-${SHORT[gender]}`);
  return nth < 0 ? `${name} с конца` : name;
}

/** "в", or "во" where it could not be said otherwise: во второй, во 2-й, во вторник. */
export function inRu(phrase: string): string {
  return `${/^(?:втор|2-)/.test(phrase) ? 'во' : 'в'} ${phrase}`;
}

/** "с", or "со": со вторника, со среды, со 2 декабря. Not for times: с 2 часов. */
export function fromRu(phrase: string): string {
  return `${/^(?:втор|сред|2(?!\d))/.test(phrase) ? 'со' : 'с'} ${phrase}`;
}

/** The form of a noun after a number: 1 час, 2 часа, 5 часов. */
export function pluralRu(count: number, [one, few, many]: readonly [string, string, string]): string {
  const tens = count % 100;
  if (tens >= 11 && tens <= 14) return many;
  if (count % 10 === 1) return one;
  return count % 10 >= 2 && count % 10 <= 4 ? few : many;
}
