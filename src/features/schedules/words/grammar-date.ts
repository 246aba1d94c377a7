import { alt, isOtherWord, map, notBefore, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { ordinal, whole } from './grammar-numbers.ts';
import type { Day, Nth } from './meaning.ts';

const on = word('on', 'at');
export const month = map(term('month'), (found) => found.month);
export const dayNumber = map(whole, (value) => (value >= 1 && value <= 31 ? value : undefined));
const anyDayNumber = alt(dayNumber, ordinal);
const year = map(
  seq(opt(sign(',')), whole, opt(term('unit', (found) => found.unit === 'year'))),
  ([, value]) => (value >= 2000 && value < 2200 ? value : undefined),
);
export const monthUnit = term('unit', (found) => found.unit === 'month');

export const date = (day: number, at: number, of: number | undefined): Day => ({
  type: 'date',
  day,
  month: at,
  ...(of === undefined ? {} : { year: of }),
});

/** "5 December", "the 5th of December 2027", "December 5th", "2026-12-01". */
export const dateDay: Parser<Day> = alt(
  map(seq(opt(word('the')), anyDayNumber, opt(word('of')), month, opt(year)), ([, day, , at, of]) =>
    date(day, at, of),
  ),
  map(seq(month, opt(sign('.')), opt(word('the')), anyDayNumber, opt(year)), ([at, , , day, of]) =>
    date(day, at, of),
  ),
  map(
    term('date', (found) => found.year !== undefined),
    (found) => date(found.day, found.month, found.year),
  ),
);

const yearUnit = term('unit', (found) => found.unit === 'year');
const nextYear = seq(opt(sign(',')), opt(alt(word('of'), on)), word('next'), yearUnit);
const inNextYear = (found: Day): Day | undefined =>
  found.type === 'date' && found.year === undefined ? { ...found, next_year: true } : undefined;

/** "5 December next year", "next year on January 5th". */
export const dateOfNextYear: Parser<Day> = alt(
  map(seq(opt(on), dateDay, nextYear), ([, found]) => inNextYear(found)),
  map(seq(opt(alt(on, word('in'))), word('next'), yearUnit, opt(sign(',')), opt(on), dateDay), (found) =>
    inNextYear(found[5]),
  ),
);

/** "on the last day of November" */
export const lastOfMonth: Parser<Day> = map(
  seq(opt(on), opt(word('the')), word('last'), dayUnit(), opt(word('of', 'in')), month),
  (found): Day => ({ type: 'end_of', period: { month: found[5] } }),
);

const nthWeekday = seq(
  opt(word('the')),
  alt(
    map(ordinal, (found): Nth | undefined => (found <= 5 ? found : undefined)),
    map(word('last'), (): Nth => 'last'),
  ),
  term('weekday', (found) => !found.each),
);

/** "the second Monday in January", "в последнюю пятницу декабря"; "third Thursday of November" may be every year's. */
export const weekdayOfMonth: Parser<Day> = map(
  alt(
    seq(nthWeekday, word('in'), month),
    map(
      seq(on, nthWeekday, opt(word('of', 'in', 'at')), month),
      ([, found, , at]) => [found, 0, at] as const,
    ),
  ),
  ([[, nth, { weekday }], , at]) => ({ type: 'nth_of_month', nth, weekday, month: at }),
);

/** "the 5th at 10am", "двадцать третьего в 15:00": a day without a month, when a time follows. */
const dayBeforeTime: Parser<number> = (tokens, at) => {
  const found = seq(opt(word('the')), ordinal)(tokens, at);
  if (!found || !timeFollows(tokens, found.next)) return undefined;
  const said = tokens.slice(at, found.next).map((token) => token.text);
  // "second" and "вторая" count other things too
  const isDay = said.some((text) => /\d|(?:th|ого|его)$/.test(text)) || said.length > 2;
  return isDay ? { value: found.value[1], next: found.next } : undefined;
};
/** "at 10", ", 10:30" */
export const timeFollows = seq(
  opt(sign(',')),
  alt(
    seq(word('at'), alt(term('number'), term('clock'), term('half_before'), term('named_time'))),
    term('clock'),
  ),
);

/** "on the 5th", "на пятого"; "на второе" is a dish, "во второй" a half. */
const onDayOfMonth: Parser<number> = (tokens, at) => {
  const found = notBefore(seq(on, opt(word('the')), ordinal), word('thing'))(tokens, at);
  if (!found) return undefined;
  const last = tokens[found.next - 1]?.text ?? '';
  const isWord = !tokens.slice(at, found.next).some((token) => /\d/.test(token.text));
  // "on the third attempt"
  if (isWord && isOtherWord(tokens[found.next])) return undefined;
  const isDay = !/^\p{Script=Cyrillic}/u.test(last) || /(?:го|число)$/.test(last);
  return isDay ? { value: found.value[2], next: found.next } : undefined;
};

/** "on the 5th", "5 числа": a day of this month or the next. */
export const monthDay: Parser<Day> = alt(
  map(dayBeforeTime, (day) => monthDayOf(day)),
  map(onDayOfMonth, (day) => monthDayOf(day)),
  map(seq(opt(on), anyDayNumber, word('numbered')), ([, day]) => monthDayOf(day)),
  map(seq(opt(on), word('last'), word('numbered')), (): Day => ({ type: 'month_day', day: 'last' })),
  map(
    seq(opt(on), opt(word('the')), ordinal, opt(word('numbered')), word('of'), word('next'), monthUnit),
    ([, , day]) => monthDayOf(day, 1),
  ),
  map(seq(opt(on), anyDayNumber, word('numbered'), word('next'), monthUnit), ([, day]) => monthDayOf(day, 1)),
  map(
    seq(
      opt(on),
      word('next'),
      monthUnit,
      opt(on),
      alt(
        map(seq(opt(word('the')), ordinal, opt(word('numbered'))), ([, found]) => found),
        map(seq(anyDayNumber, word('numbered')), ([found]) => found),
      ),
    ),
    ([, , , , day]) => monthDayOf(day, 1),
  ),
  map(seq(opt(on), opt(word('the')), ordinal, word('of'), word('this'), monthUnit), ([, , day]) =>
    monthDayOf(day),
  ),
  map(
    seq(opt(on), opt(word('the')), word('last'), dayUnit(), opt(word('of')), word('this'), monthUnit),
    (): Day => ({ type: 'month_day', day: 'last', month_offset: 0 }),
  ),
);

function dayUnit(): Parser<unknown> {
  return term('unit', (found) => found.unit === 'day');
}

function monthDayOf(day: number, monthOffset?: number): Day | undefined {
  if (day < 1 || day > 31) return undefined;
  return { type: 'month_day', day, ...(monthOffset === undefined ? {} : { month_offset: monthOffset }) };
}
