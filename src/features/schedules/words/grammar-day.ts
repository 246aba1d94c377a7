import {
  alt,
  end,
  isOtherWord,
  list,
  map,
  notBefore,
  opt,
  peek,
  seq,
  sign,
  term,
  word,
  type Parser,
} from './combinators.ts';
import {
  date,
  dateDay,
  dateOfNextYear,
  dayNumber,
  lastOfMonth,
  month,
  monthDay,
  monthUnit,
  timeFollows,
  weekdayOfMonth,
} from './grammar-date.ts';
import type { Day, Piece } from './meaning.ts';
import type { Term } from './terms.ts';

const on = word('on', 'at');
const weekdayTerm = map(
  term('weekday', (found) => !found.each),
  (found) => found.weekday,
);
export const separator = alt(word('and'), sign(','), seq(sign(','), word('and')));
const strongMonth = map(
  term('month', (found) => !found.weak),
  (found) => found.month,
);
const yearUnit = term('unit', (found) => found.unit === 'year');
const weekUnit = term('unit', (found) => found.unit === 'week');
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
  word('at', 'connector', 'to', 'and', 'in', 'every', 'once', 'the'),
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
  map(seq(term('feast'), peek(timeFollows)), ([found]) => date(found.day, found.month, undefined)),
  dateOfNextYear,
  weekdayOfMonth,
  lastOfMonth,
  monthDay,
  markedWeekday,
  bareWeekday,
);

/**
 * "01.12" with nothing in front is a date only because a time would have a colon there, and between two other words it is
 * neither: "version 2.10 is out".
 */
const bareDate: Parser<Extract<Term, { type: 'date' }>> = (tokens, at) =>
  isOtherWord(tokens[at - 1]) && isOtherWord(tokens[at + 1])
    ? undefined
    : notBefore(
        term('date', (found) => found.year === undefined),
        term('unit'),
      )(tokens, at);

export const dayPiece: Parser<Piece> = alt(
  map(day, (found): Piece => ({ type: 'day', day: found })),
  map(bareDate, (found): Piece => ({ type: 'day', day: date(found.day, found.month, undefined) })),
  // "24 and 25 December", "December 24 and 25"
  map(
    alt(
      seq(opt(on), dayNumber, word('and'), dateDay),
      seq(opt(on), dateDay, word('and'), notBefore(dayNumber, month)),
    ),
    (): Piece => ({
      type: 'doubt',
      doubt: 'several_times',
    }),
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
