import { alt, end, list, map, notBefore, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { ordinal, whole } from './grammar-numbers.ts';
import type { Day, Piece } from './meaning.ts';

const on = word('on', 'at');
const weekdayTerm = map(
  term('weekday', (found) => !found.each),
  (found) => found.weekday,
);
export const separator = alt(word('and'), sign(','), seq(sign(','), word('and')));
const month = map(term('month'), (found) => found.month);
const strongMonth = map(
  term('month', (found) => !found.weak),
  (found) => found.month,
);
const dayNumber = map(whole, (value) => (value >= 1 && value <= 31 ? value : undefined));
const anyDayNumber = alt(dayNumber, ordinal);
const year = map(
  seq(opt(sign(',')), whole, opt(term('unit', (found) => found.unit === 'year'))),
  ([, value]) => (value >= 2000 && value < 2200 ? value : undefined),
);
const yearUnit = term('unit', (found) => found.unit === 'year');
const weekUnit = term('unit', (found) => found.unit === 'week');
const monthUnit = term('unit', (found) => found.unit === 'month');

const date = (day: number, at: number, of: number | undefined): Day => ({
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

/** "the 5th at 10am", "двадцать третьего в 15:00": a day without a month, when a time follows. */
const dayBeforeTime: Parser<number> = (tokens, at) => {
  const found = seq(opt(word('the')), ordinal)(tokens, at);
  if (!found || !timeFollows(tokens, found.next)) return undefined;
  const said = tokens.slice(at, found.next).map((token) => token.text);
  // "second" and "вторая" count other things too
  const isDay = said.some((text) => /\d|(?:th|ого|его)$/.test(text)) || said.length > 2;
  return isDay ? { value: found.value[1], next: found.next } : undefined;
};
const timeFollows = seq(
  opt(sign(',')),
  alt(seq(word('at'), alt(term('number'), term('clock'))), term('clock')),
);

/** "on the 5th", "на пятого"; "на второе" is a dish, "во второй" a half. */
const onDayOfMonth: Parser<number> = (tokens, at) => {
  const found = seq(on, opt(word('the')), ordinal)(tokens, at);
  if (!found) return undefined;
  const last = tokens[found.next - 1]?.text ?? '';
  const isDay = !/^\p{Script=Cyrillic}/u.test(last) || /(?:го|число)$/.test(last);
  return isDay ? { value: found.value[2], next: found.next } : undefined;
};

/** "on the 5th", "5 числа": a day of this month or the next. */
const monthDay: Parser<Day> = alt(
  map(dayBeforeTime, (day) => monthDayOf(day)),
  map(onDayOfMonth, (day) => monthDayOf(day)),
  map(seq(opt(on), anyDayNumber, word('numbered')), ([, day]) => monthDayOf(day)),
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

const which = map(word('next', 'this'), (found) =>
  found === 'next' ? ('next' as const) : ('coming' as const),
);

/** A weekday with something that marks it as a day: "on Friday", "next Monday", "Friday next week". */
const markedWeekday: Parser<Day> = alt(
  map(seq(on, list(weekdayTerm, separator)), ([, weekdays]): Day => ({
    type: 'weekday',
    weekdays,
    which: 'coming',
  })),
  map(
    seq(
      on,
      term('number', (found) => found.article === true),
      weekdayTerm,
    ),
    ([, , weekday]): Day => ({
      type: 'weekday',
      weekdays: [weekday],
      which: 'any',
    }),
  ),
  map(seq(opt(on), which, weekdayTerm), ([, turn, weekday]): Day => ({
    type: 'weekday',
    weekdays: [weekday],
    which: turn,
  })),
  map(seq(opt(on), weekdayTerm, opt(on), word('next'), weekUnit), ([, weekday]): Day => ({
    type: 'weekday',
    weekdays: [weekday],
    which: 'next',
  })),
  map(seq(opt(on), word('next'), weekUnit, opt(on), weekdayTerm), ([, , , , weekday]): Day => ({
    type: 'weekday',
    weekdays: [weekday],
    which: 'next',
  })),
);

/** What may follow a weekday that stands alone ("call mum Monday at 9") without making it part of a name. */
const afterBareDay = alt(
  end,
  sign(',', '.', '!', '?', ':', ';', '-', '–', '—'),
  word('at', 'connector', 'to', 'and', 'in', 'every', 'once'),
  term('clock'),
  term('number'),
  term('daypart'),
  term('relative_day'),
  term('named_time'),
  term('month'),
);
const bareWeekday: Parser<Day> = (tokens, at) => {
  const result = weekdayTerm(tokens, at);
  if (!result || !afterBareDay(tokens, result.next)) return undefined;
  const held = tokens[at - 1]?.terms.some(
    (found) =>
      found.type === 'keyword' && ['the', 'possessive', 'last', 'bound', 'bygone'].includes(found.keyword),
  );
  return held
    ? undefined
    : { value: { type: 'weekday', weekdays: [result.value], which: 'coming' }, next: result.next };
};

const relativeDay: Parser<Day> = map(
  term('relative_day', (found) => found.part === undefined),
  (found): Day => ({ type: 'relative', days: found.days }),
);

export const day: Parser<Day> = alt(
  relativeDay,
  dateDay,
  map(seq(on, dateDay), ([, found]) => found),
  map(seq(on, term('date')), ([, found]) => date(found.day, found.month, found.year)),
  map(seq(on, term('feast')), ([, found]) => date(found.day, found.month, undefined)),
  monthDay,
  markedWeekday,
  bareWeekday,
);

export const dayPiece: Parser<Piece> = alt(
  map(day, (found): Piece => ({ type: 'day', day: found })),
  // "01.12" with nothing in front is a date only because a time would have a colon there
  map(
    notBefore(
      term('date', (found) => found.year === undefined),
      alt(term('unit'), yearUnit),
    ),
    (found): Piece => ({ type: 'day', day: date(found.day, found.month, undefined) }),
  ),
  map(seq(opt(on), term('ambiguous_date')), (): Piece => ({ type: 'doubt', doubt: 'ambiguous_date' })),
  map(seq(opt(word('in', 'on')), opt(word('the')), opt(word('next', 'this')), strongMonth), (): Piece => ({
    type: 'doubt',
    doubt: 'which_day',
  })),
  map(seq(opt(on), word('next', 'this'), alt(weekUnit, monthUnit, yearUnit)), (): Piece => ({
    type: 'doubt',
    doubt: 'which_day',
  })),
  map(
    seq(
      opt(on),
      opt(alt(word('the'), word('this'), word('next'))),
      term('weekday_group', (found) => !found.each && found.days.length === 2),
    ),
    (): Piece => ({
      type: 'doubt',
      doubt: 'which_day',
    }),
  ),
);
