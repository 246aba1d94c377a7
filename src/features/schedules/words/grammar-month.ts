import { alt, list, map, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { separator } from './grammar-day.ts';
import { ordinal, whole } from './grammar-numbers.ts';
import type { Nth, Piece } from './meaning.ts';
import { QUARTER_STARTS, repeating, repeatOf } from './repeat-every.ts';

const monthUnit = term('unit', (found) => found.unit === 'month');
const dayUnit = term('unit', (found) => found.unit === 'day');
const every = word('every');
const on = word('on', 'at');
const the = word('the');
const workdays = term('weekday_group', (found) => found.days.length === 5);
const weekday = map(term('weekday'), (found) => found.weekday);

const secondOne = map(ordinal, (found) => (found === 2 ? true : undefined));

type MonthDay = number | 'last';

/** "1st and 15th", "5 числа", "last day". */
const monthDays: Parser<MonthDay[]> = alt(
  map(
    list(
      alt(
        map(seq(ordinal, opt(word('numbered'))), ([value]) => value),
        map(seq(whole, word('numbered')), ([value]) => value),
        map(seq(ordinal, dayUnit), ([value]) => value),
        map(seq(word('last'), alt(dayUnit, word('numbered'))), (): MonthDay => 'last'),
      ),
      seq(separator, opt(the)),
    ),
    (found): MonthDay[] => found,
  ),
  map(seq(list(whole, separator), word('numbered')), ([found]): MonthDay[] => found),
);

const nth: Parser<Nth> = alt(
  map(ordinal, (found) => (found >= 1 && found <= 5 ? found : undefined)),
  map(word('last'), () => 'last' as const),
);

/** "of every month", "каждого месяца", "of the month", "месяца", "of every other month". */
const ofMonth: Parser<number> = alt(
  map(
    alt(
      seq(opt(word('of', 'in')), every, monthUnit),
      seq(word('of', 'in'), alt(the, word('per')), monthUnit),
      seq(word('of'), monthUnit),
      term('rate', (found) => found.unit === 'month' && found.amount === undefined),
      seq(opt(alt(word('once'), word('of'))), word('per', 'at'), monthUnit),
      sign('месяца'),
    ),
    () => 1,
  ),
  map(seq(opt(word('of')), every, word('other'), monthUnit), () => 2),
  map(seq(opt(word('of')), every, whole, monthUnit), ([, , amount]) => amount),
);
const ofQuarter = alt(
  sign('квартала'),
  seq(opt(word('of')), alt(every, the), word('year_quarter')),
  seq(word('of'), word('year_quarter')),
);

function onMonthDays(days: MonthDay[], interval = 1): Piece[] | undefined {
  return days.every((day) => day === 'last' || (day >= 1 && day <= 31))
    ? repeating({ type: 'month_days', days, every: interval })
    : undefined;
}

const onQuarterDays = ([day, ...others]: MonthDay[]): Piece[] | undefined =>
  day === undefined || others.length > 0
    ? undefined
    : repeating({
        type: 'month_days',
        days: [day],
        every: 3,
        months: QUARTER_STARTS.map((month) => (day === 'last' ? month + 2 : month)),
      });

/** "last Friday", "second working day": a day of a month that is counted by weekdays. */
const counted = (interval: number): Parser<Piece[]> =>
  alt(
    map(seq(list(nth, seq(separator, opt(the))), weekday), ([which, found]) =>
      repeating({ type: 'nth_weekday', weekday: found, nth: which, every: interval }),
    ),
    map(seq(nth, workdays), ([which]) => repeating({ type: 'nth_workday', nth: which, every: interval })),
  );

/** What names days of a month without saying of which: "1st and 15th", "last Friday". */
export const daysOfSomeMonth: Parser<Piece[]> = alt(
  map(monthDays, (found) => onMonthDays(found)),
  counted(1),
);

/** "first Friday" is the month's even without saying so; "third Friday" may be every three weeks too. */
export const edgeWeekday: Parser<Piece[]> = map(seq(nth, weekday), ([which, found]) =>
  which === 'last' || which === 1
    ? repeating({ type: 'nth_weekday', weekday: found, nth: [which], every: 1 })
    : undefined,
);

/** "the 1st of every month", "last working day of the month", "last day of the quarter". */
export const monthlyPieces: Parser<Piece[]> = alt(
  map(seq(monthDays, ofMonth), ([found, interval]) => onMonthDays(found, interval)),
  map(seq(monthDays, ofQuarter), ([found]) => onQuarterDays(found)),
  (tokens, at) => {
    const read = counted(1)(tokens, at);
    const of = read && ofMonth(tokens, read.next);
    const whole = of && counted(of.value)(tokens, at);
    return whole && { value: whole.value, next: of.next };
  },
);

const months = alt(
  map(monthUnit, () => 1),
  map(seq(alt(word('other'), secondOne), monthUnit), () => 2),
  map(seq(whole, monthUnit), ([amount]) => amount),
);

/** "every month", "раз в 2 месяца": the number of months. */
const everyMonths: Parser<number> = alt(
  map(seq(every, months), ([, amount]) => amount),
  map(
    seq(word('once'), alt(word('per', 'at', 'every'), seq(word('at'), every)), months),
    ([, , amount]) => amount,
  ),
  map(
    term('rate', (found) => found.unit === 'month' && found.amount === undefined),
    () => 1,
  ),
);

/** "every month on the 1st", "раз в 2 месяца в первый понедельник". */
export const monthThenDay: Parser<Piece[]> = map(
  seq(everyMonths, opt(sign(',')), opt(on), opt(the), daysOfSomeMonth),
  ([amount, , , , found]) => [...repeatOf(amount, 'month'), ...found],
);
