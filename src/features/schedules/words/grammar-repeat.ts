import { alt, list, map, nothing, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { dateDay, separator } from './grammar-day.ts';
import { count, ordinal, span, whole } from './grammar-numbers.ts';
import type { Piece, Repeat } from './meaning.ts';
import type { Daypart, Unit } from './terms.ts';

const repeating = (repeat: Repeat): Piece[] => [{ type: 'repeat', repeat }];
const uneven: Piece[] = [{ type: 'doubt', doubt: 'uneven' }];

const weekday = map(term('weekday'), (found) => found.weekday);
const eachWeekday = map(
  term('weekday', (found) => found.each === true),
  (found) => [found.weekday],
);
const anyGroup = map(term('weekday_group'), (found) => [...found.days]);
const eachGroup = map(
  term('weekday_group', (found) => found.each === true),
  (found) => [...found.days],
);
const monthUnit = term('unit', (found) => found.unit === 'month');
const dayUnit = term('unit', (found) => found.unit === 'day');
const anyUnit = term('unit', (found) => !found.short);
const every = word('every');
const on = word('on', 'at');
const the = word('the');

/**
 * "every 15 minutes" as a repeat. A cron rule can only divide the hour, the day and the year evenly, so
 * "every 25 minutes" or "every 3 days" has none: better to say so than to drift.
 */
function repeatOf(amount: number, unit: Unit): Piece[] {
  switch (unit) {
    case 'second':
      return amount % 60 === 0 ? repeatOf(amount / 60, 'minute') : [{ type: 'doubt', doubt: 'too_often' }];
    case 'minute':
      if (amount < 1) return [{ type: 'doubt', doubt: 'too_often' }];
      if (amount % 60 === 0) return repeatOf(amount / 60, 'hour');
      return 60 % amount === 0 ? repeating({ type: 'minutes', every: amount }) : uneven;
    case 'hour':
      if (!Number.isInteger(amount)) return repeatOf(amount * 60, 'minute');
      if (amount === 24) return repeating({ type: 'days' });
      return amount < 24 && 24 % amount === 0 ? repeating({ type: 'hours', every: amount }) : uneven;
    case 'day':
      if (amount === 7) return repeatOf(1, 'week');
      return amount === 1 ? repeating({ type: 'days' }) : uneven;
    case 'week':
      return amount === 1 ? repeating({ type: 'open', unit, every: 1 }) : uneven;
    case 'month':
      return amount < 12 && 12 % amount === 0
        ? repeating({ type: 'open', unit, every: amount })
        : amount === 12
          ? repeatOf(1, 'year')
          : uneven;
    case 'year':
      return amount === 1 ? repeating({ type: 'open', unit, every: 1 }) : uneven;
  }
}

const timeSpan = map(seq(opt(count), anyUnit), ([amount, found]) => repeatOf(amount ?? 1, found.unit));
const oneWordSpan = map(term('amount'), (found) => repeatOf(found.amount, found.unit));
const mixedSpan = map(span, (found) => {
  if (found.seconds === 0 || found.days > 0 || found.months > 0) return undefined;
  return repeatOf(found.seconds, 'second');
});

const days = (found: number[][]): Piece[] =>
  repeating({ type: 'weekdays', days: [...new Set(found.flat())].sort((a, b) => a - b) });
const again = alt(seq(separator, opt(alt(every, word('each_on'), on))), nothing);
const dayOrGroup = alt(
  map(weekday, (found) => [found]),
  anyGroup,
);
const eachDay = alt(eachWeekday, eachGroup);
const shortDay = map(
  term('weekday', (found) => found.short === true),
  (found) => [found.weekday],
);
const eachDayNext = alt(eachDay, dayOrGroup);

/** "Monday to Friday", "с понедельника по пятницу", "Mon-Fri". */
const dayRange = map(
  seq(opt(word('from')), weekday, alt(word('to', 'each_on'), sign('-', '–', '—')), weekday),
  ([, from, , to]) => {
    const found: number[] = [];
    for (let at = from; ; at = (at % 7) + 1) {
      found.push(at);
      if (at === to) return found;
    }
  },
);

const part = (found: Daypart): Piece[] => [
  { type: 'repeat', repeat: { type: 'days' } },
  { type: 'daypart', part: found },
];

const monthDays = alt(
  map(
    list(
      alt(
        map(seq(ordinal, opt(word('numbered'))), ([value]) => value),
        map(seq(whole, word('numbered')), ([value]) => value),
      ),
      seq(separator, opt(the)),
    ),
    (found): Array<number | 'last'> => found,
  ),
  map(seq(list(whole, separator), word('numbered')), ([found]): Array<number | 'last'> => found),
  map(seq(word('last'), dayUnit), (): Array<number | 'last'> => ['last']),
  map(seq(word('last'), word('numbered')), (): Array<number | 'last'> => ['last']),
  map(seq(ordinal, dayUnit), ([found]): Array<number | 'last'> => [found]),
);
/** "of every month", "каждого месяца", "of the month", "месяца". */
const ofMonth = alt(
  seq(opt(word('of')), every, monthUnit),
  seq(word('of'), alt(the, word('per')), monthUnit),
  seq(word('of'), monthUnit),
  monthUnit,
);
const everyMonth = (found: Array<number | 'last'>): Piece[] | undefined =>
  found.every((day) => day === 'last' || (day >= 1 && day <= 31))
    ? repeating({ type: 'month_days', days: found, every: 1 })
    : undefined;

const nth = alt(
  map(ordinal, (found) => (found >= 1 && found <= 5 ? found : undefined)),
  map(word('last'), () => 'last' as const),
);

/** What may follow "every". */
const afterEvery: Parser<Piece[]> = alt(
  timeSpan,
  oneWordSpan,
  mixedSpan,
  map(list(dayOrGroup, again), days),
  map(dayRange, (found) => days([found])),
  map(seq(list(dayOrGroup, again), term('daypart')), ([found, { part: when }]): Piece[] => [
    ...days(found),
    { type: 'daypart', part: when },
  ]),
  map(term('daypart'), (found) => part(found.part)),
  map(seq(word('other'), alt(anyUnit, weekday, term('weekday_group'))), () => uneven),
  // "every second Friday" may mean every other one or the second of a month: neither is sure
  map(seq(ordinal, alt(anyUnit, weekday, term('weekday_group'))), () => uneven),
  map(seq(nth, weekday, ofMonth), ([which, found]) =>
    repeating({ type: 'nth_weekday', weekday: found, nth: which }),
  ),
  map(seq(word('last'), weekday), ([, found]) =>
    repeating({ type: 'nth_weekday', weekday: found, nth: 'last' }),
  ),
  map(seq(ordinal, weekday), ([which, found]) =>
    which === 1 ? repeating({ type: 'nth_weekday', weekday: found, nth: 1 }) : undefined,
  ),
  map(seq(monthDays, opt(ofMonth)), ([found]) => everyMonth(found)),
  map(dateDay, (found) =>
    found.type === 'date' && found.year === undefined
      ? repeating({ type: 'year', day: found.day, month: found.month })
      : undefined,
  ),
);

const rate = map(term('rate'), (found) => repeatOf(found.amount ?? 1, found.unit));

/** Repetition, in every way the two languages say it. */
export const repeatPieces: Parser<Piece[]> = alt(
  map(seq(opt(alt(word('of', 'in'), on)), every, afterEvery), ([, , found]) => found),
  rate,
  map(
    seq(
      word('once'),
      alt(word('per', 'at', 'every'), seq(word('at'), every)),
      alt(
        timeSpan,
        oneWordSpan,
        map(weekday, (found) => days([[found]])),
      ),
    ),
    ([, , found]) => found,
  ),
  map(seq(word('twice'), word('per', 'at', 'every'), anyUnit), (): Piece[] => [
    { type: 'doubt', doubt: 'how_often' },
  ]),
  map(seq(word('in'), dayUnit), ([, unit]): Piece[] | undefined => (unit.plural ? undefined : uneven)),
  map(seq(opt(alt(word('each_on'), on)), eachDay), ([, found]) => days([found])),
  map(seq(opt(alt(word('each_on'), on)), eachDay, again, list(eachDayNext, again)), ([, first, , others]) =>
    days([first, ...others]),
  ),
  map(seq(word('each_on'), list(alt(eachDay, shortDay), again)), ([, found]) => days(found)),
  map(seq(opt(word('in')), count, term('weekday_group')), (): Piece[] => [
    { type: 'doubt', doubt: 'which_day' },
  ]),
  map(
    seq(
      alt(
        seq(every, monthUnit),
        term('rate', (found) => found.unit === 'month' && found.amount === undefined),
      ),
      opt(on),
      opt(the),
      monthDays,
    ),
    ([, , , found]) => everyMonth(found),
  ),
  map(seq(opt(on), dayRange), ([, found]) => days([found])),
  map(
    term('daypart', (found) => found.each === true),
    (found) => part(found.part),
  ),
  map(seq(opt(on), opt(the), monthDays, ofMonth), ([, , found]) => everyMonth(found)),
  map(seq(opt(on), opt(the), nth, weekday, ofMonth), ([, , which, found]) =>
    repeating({ type: 'nth_weekday', weekday: found, nth: which }),
  ),
);
