import { MONTHS } from './local-time.ts';

interface DayFields {
  dayOfMonth: string;
  month: string;
  weekday: string;
}

/** Indexed as cron counts: Sunday 0. */
const EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const RU_EACH = ['воскресеньям', 'понедельникам', 'вторникам', 'средам', 'четвергам', 'пятницам', 'субботам'];
/** "в первый понедельник": gender decides the adjective, m, f or n. */
const RU_ONE: ReadonlyArray<readonly [string, 'm' | 'f' | 'n']> = [
  ['воскресенье', 'n'],
  ['понедельник', 'm'],
  ['вторник', 'm'],
  ['среду', 'f'],
  ['четверг', 'm'],
  ['пятницу', 'f'],
  ['субботу', 'f'],
];
const EN_NTH: Record<string, string> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  L: 'last',
};
const RU_NTH: Record<string, Record<'m' | 'f' | 'n', string>> = {
  1: { m: 'первый', f: 'первую', n: 'первое' },
  2: { m: 'второй', f: 'вторую', n: 'второе' },
  3: { m: 'третий', f: 'третью', n: 'третье' },
  4: { m: 'четвёртый', f: 'четвёртую', n: 'четвёртое' },
  5: { m: 'пятый', f: 'пятую', n: 'пятое' },
  L: { m: 'последний', f: 'последнюю', n: 'последнее' },
};

/** The day fields of a cron expression as English words: "every weekday", "on the last day of every month". */
export function daysEn(fields: DayFields): string | undefined {
  const shape = shapeOf(fields);
  switch (shape?.type) {
    case 'every_day':
      return 'every day';
    case 'weekdays':
      if (shape.key === '1,2,3,4,5') return 'every weekday';
      if (shape.key === '0,6') return 'every weekend day';
      return `every ${list(
        shape.days.map((day) => EN[day] ?? ''),
        'and',
      )}`;
    case 'nth':
      return `on the ${EN_NTH[shape.nth]} ${EN[shape.day]} of every month`;
    case 'month_day':
      return shape.day === 'L'
        ? 'on the last day of every month'
        : `on the ${ordinal(Number(shape.day))} of every month`;
    case 'date':
      return `every year on ${shape.day} ${MONTHS.en[shape.month - 1]}`;
    case undefined:
      return undefined;
  }
}

/** The same in Russian: "по будням", "в последний день каждого месяца". */
export function daysRu(fields: DayFields): string | undefined {
  const shape = shapeOf(fields);
  switch (shape?.type) {
    case 'every_day':
      return 'каждый день';
    case 'weekdays':
      if (shape.key === '1,2,3,4,5') return 'по будням';
      if (shape.key === '0,6') return 'по выходным';
      return `по ${list(
        shape.days.map((day) => RU_EACH[day] ?? ''),
        'и',
      )}`;
    case 'nth': {
      const [name, gender] = RU_ONE[shape.day] ?? ['', 'm'];
      return `${shape.nth === '2' ? 'во' : 'в'} ${RU_NTH[shape.nth]?.[gender]} ${name} каждого месяца`;
    }
    case 'month_day':
      return shape.day === 'L' ? 'в последний день каждого месяца' : `${shape.day} числа каждого месяца`;
    case 'date':
      return `каждый год ${shape.day} ${MONTHS.ru[shape.month - 1]}`;
    case undefined:
      return undefined;
  }
}

type Shape =
  | { type: 'every_day' }
  | { type: 'weekdays'; days: number[]; key: string }
  | { type: 'nth'; day: number; nth: string }
  | { type: 'month_day'; day: string }
  | { type: 'date'; day: number; month: number };

function shapeOf({ dayOfMonth, month, weekday }: DayFields): Shape | undefined {
  if (weekday === '*' || weekday === '?') {
    if (dayOfMonth === '*' && month === '*') return { type: 'every_day' };
    if (/^(?:\d{1,2}|L)$/.test(dayOfMonth) && month === '*') return { type: 'month_day', day: dayOfMonth };
    if (/^\d{1,2}$/.test(dayOfMonth) && /^\d{1,2}$/.test(month))
      return { type: 'date', day: Number(dayOfMonth), month: Number(month) };
    return undefined;
  }
  if (dayOfMonth !== '*' || month !== '*') return undefined;
  const nth = /^([0-7])#([1-5L])$/.exec(weekday);
  if (nth) return { type: 'nth', day: Number(nth[1]) % 7, nth: nth[2] ?? '1' };
  const days = weekdaysOf(weekday);
  return days && { type: 'weekdays', days, key: [...days].sort((a, b) => a - b).join(',') };
}

/** Days of a plain list or range, Monday first as a week is read. */
function weekdaysOf(field: string): number[] | undefined {
  if (!/^[0-7](?:-[0-7])?(?:,[0-7](?:-[0-7])?)*$/.test(field)) return undefined;
  const days = new Set<number>();
  for (const part of field.split(',')) {
    const [from = 0, to = from] = part.split('-').map(Number);
    if (to < from) return undefined;
    for (let day = from; day <= to; day++) days.add(day % 7);
  }
  return [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
}

function ordinal(day: number): string {
  const tens = day % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

function list(items: readonly string[], and: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;
}
