import { alt, list, map, notBefore, opt, peek, seq, sign, term, word, type Parser } from './combinators.ts';
import { timeAfterAt } from './grammar-time.ts';
import { day, separator } from './grammar-day.ts';
import { count, ordinal, span, whole } from './grammar-numbers.ts';
import type { Day, Piece } from './meaning.ts';

const the = word('the');
const on = word('on', 'at');

/** A day behind a preposition that needs no other: "until Friday", "с понедельника". */
const namedDay: Parser<Day> = alt(
  day,
  map(
    term('weekday', (found) => !found.each),
    (found): Day => ({ type: 'weekday', weekdays: [found.weekday], which: 'coming' }),
  ),
);

const inclusive = opt(
  alt(word('inclusive'), seq(sign('('), word('inclusive'), sign(')')), seq(sign(','), word('inclusive'))),
);

const period = alt(
  map(term('unit'), ({ unit }) =>
    unit === 'day' || unit === 'week' || unit === 'month' || unit === 'year' ? unit : undefined,
  ),
  map(term('month'), ({ month }) => ({ month })),
);

/** "until Friday", "до 5 декабря включительно", "until 6pm": when a repetition ends. */
const until: Parser<Piece> = alt(
  map(seq(word('until'), opt(the), namedDay, inclusive), ([, , found]): Piece => ({
    type: 'end',
    end: { type: 'day', day: found },
  })),
  map(
    seq(word('until_end'), opt(word('of')), opt(alt(the, word('this'))), period),
    ([, , , found]): Piece => ({ type: 'end', end: { type: 'day', day: { type: 'end_of', period: found } } }),
  ),
  map(seq(word('until'), opt(the), ordinal), ([, , found]): Piece | undefined =>
    found >= 1 && found <= 31
      ? { type: 'end', end: { type: 'day', day: { type: 'month_day', day: found } } }
      : undefined,
  ),
  map(seq(word('until'), term('feast')), ([, found]): Piece => ({
    type: 'end',
    end: { type: 'day', day: { type: 'date', day: found.day, month: found.month } },
  })),
  map(seq(word('until'), timeAfterAt), ([, clock]): Piece => ({
    type: 'end',
    end: { type: 'clock', clock },
  })),
);

/** "for a week", "по 10 минут": an end only beside a rule that comes often enough, else what the reminder is about. */
const length: Parser<Piece> = map(
  seq(alt(word('for'), sign('по')), opt(the), opt(word('next')), span),
  ([, , next, found]): Piece => ({
    type: 'end',
    end: { type: 'length', span: found, ...(next && { next: true }) },
  }),
);

const start: Parser<Piece> = alt(
  map(seq(word('starting'), opt(on), namedDay), ([, , found]): Piece => ({
    type: 'start',
    day: found,
    said: true,
  })),
  map(
    seq(word('starting', 'from'), opt(the), word('next'), term('unit')),
    ([, , , { unit }]): Piece | undefined => {
      if (unit === 'month')
        return { type: 'start', day: { type: 'month_day', day: 1, month_offset: 1 }, said: true };
      if (unit === 'week')
        return { type: 'start', day: { type: 'weekday', weekdays: [1], which: 'next' }, said: true };
      return undefined;
    },
  ),
  map(seq(word('from'), namedDay), ([, found]): Piece => ({ type: 'start', day: found, said: false })),
);

const weekdays = alt(
  map(term('weekday'), (found) => [found.weekday]),
  map(term('weekday_group'), (found) => [...found.days]),
);
const except: Parser<Piece> = map(
  seq(word('except'), opt(alt(on, word('each_on'))), list(weekdays, separator)),
  ([, , found]): Piece => ({ type: 'except', weekdays: found.flat() }),
);

/** What bounds a repetition. */
export const boundPiece: Parser<Piece> = alt(until, length, start, except);

const times: Parser<Piece> = map(
  notBefore(seq(whole, word('times')), alt(word('per', 'at', 'every'), term('rate'), term('unit'))),
  ([found]): Piece | undefined =>
    found >= 1 && found <= 10_000 ? { type: 'end', end: { type: 'count', count: found } } : undefined,
);
const bareLength: Parser<Piece> = map(seq(peek(count), span), ([, found]): Piece | undefined =>
  found.days + found.months > 0 ? { type: 'end', end: { type: 'length', span: found } } : undefined,
);

/** "10 times", "5 days": ends only right behind a repetition, elsewhere they say what to do. */
export const boundBehind: Parser<Piece> = map(
  seq(opt(sign(',')), alt(times, bareLength)),
  ([, found]) => found,
);
