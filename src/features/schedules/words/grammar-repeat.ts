import { alt, list, map, nothing, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { dateDay } from './grammar-date.ts';
import { separator } from './grammar-day.ts';
import { daysOfSomeMonth, edgeWeekday, monthlyPieces, monthThenDay } from './grammar-month.ts';
import { count, ordinal, span, whole } from './grammar-numbers.ts';
import type { Piece } from './meaning.ts';
import { doubting, eachQuarter, onWeekdays, repeating, repeatOf } from './repeat-every.ts';
import type { Daypart } from './terms.ts';

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
const dayUnit = term('unit', (found) => found.unit === 'day');
const anyUnit = term('unit', (found) => !found.short);
const every = word('every');
const on = word('on', 'at');
const the = word('the');

const timeSpan = map(seq(opt(count), anyUnit), ([amount, found]) => repeatOf(amount ?? 1, found.unit));
const oneWordSpan = map(term('amount'), (found) => repeatOf(found.amount, found.unit));
const mixedSpan = map(span, (found) => {
  if (found.seconds === 0 || found.days > 0 || found.months > 0) return undefined;
  return repeatOf(found.seconds, 'second');
});

const again = alt(seq(separator, opt(alt(every, word('each_on'), on))), sign('/'), nothing);
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
  ...repeating({ type: 'days', every: 1 }),
  { type: 'daypart', part: found },
];

/** "other", "alternate", "second": every other one. */
const other = alt(
  word('other'),
  map(ordinal, (found) => (found === 2 ? true : undefined)),
);
const weekend = map(
  term('weekday_group', (found) => found.days.length === 2),
  (found) => [...found.days],
);

/** "every other Friday", "every third day". */
const everyNth: Parser<Piece[]> = alt(
  map(seq(word('other'), anyUnit), ([, { unit }]) => repeatOf(2, unit)),
  map(seq(ordinal, anyUnit), ([amount, { unit }]) => repeatOf(amount, unit)),
  map(
    seq(
      other,
      alt(
        map(weekday, (found) => [found]),
        weekend,
      ),
    ),
    ([, found]) => onWeekdays([found], 2),
  ),
  map(seq(word('other'), term('weekday_group')), () => doubting('uneven')),
  // "every third Friday" may be every three weeks or the third of a month
  map(seq(ordinal, alt(weekday, term('weekday_group'))), ([which]) =>
    which === 2 ? undefined : doubting('nth_of_what'),
  ),
  map(seq(ordinal, term('weekday_group')), () => doubting('nth_of_what')),
);

/** What may follow "every". */
const afterEvery: Parser<Piece[]> = alt(
  timeSpan,
  oneWordSpan,
  mixedSpan,
  map(list(dayOrGroup, again), (found) => onWeekdays(found)),
  map(dayRange, (found) => onWeekdays([found])),
  map(seq(list(dayOrGroup, again), term('daypart')), ([found, { part: when }]): Piece[] => [
    ...onWeekdays(found),
    { type: 'daypart', part: when },
  ]),
  map(term('daypart'), (found) => part(found.part)),
  monthlyPieces,
  edgeWeekday,
  everyNth,
  daysOfSomeMonth,
  map(word('year_quarter'), eachQuarter),
  map(dateDay, (found) =>
    found.type === 'date' && found.year === undefined
      ? repeating({ type: 'year', day: found.day, month: found.month, every: 1 })
      : undefined,
  ),
);

const rate = map(term('rate'), (found) => repeatOf(found.amount ?? 1, found.unit));

/** "twice a day", "3 times a week", "bimonthly": how often, but not when. */
const howOften: Parser<Piece[]> = map(
  alt(
    seq(alt(word('twice'), seq(whole, word('times'))), alt(word('per', 'at', 'every'), nothing), anyUnit),
    seq(alt(word('twice'), seq(whole, word('times'))), term('rate')),
    word('rarely_clear'),
  ),
  () => doubting('how_often'),
);

/** Repetition, in every way the two languages say it. */
export const repeatPieces: Parser<Piece[]> = alt(
  map(seq(opt(alt(word('of', 'in'), on)), every, afterEvery), ([, , found]) => found),
  rate,
  map(word('quarterly'), eachQuarter),
  map(
    seq(
      word('once'),
      alt(word('per', 'at', 'every', 'in'), seq(word('at'), every)),
      alt(
        timeSpan,
        oneWordSpan,
        map(word('year_quarter'), eachQuarter),
        map(weekday, (found) => onWeekdays([[found]])),
      ),
    ),
    ([, , found]) => found,
  ),
  // "alternate Mondays", "on alternate days"
  map(seq(opt(on), sign('alternate', 'alternating'), alt(eachWeekday, anyUnit)), ([, , found]) =>
    Array.isArray(found) ? onWeekdays([found], 2) : repeatOf(2, found.unit),
  ),
  // "a fortnight" is one word to us
  map(seq(word('once'), oneWordSpan), ([, found]) => found),
  howOften,
  map(seq(word('in'), dayUnit), ([, unit]): Piece[] | undefined =>
    unit.plural ? undefined : repeatOf(2, 'day'),
  ),
  map(seq(opt(alt(word('each_on'), on)), eachDay), ([, found]) => onWeekdays([found])),
  map(seq(opt(alt(word('each_on'), on)), eachDay, again, list(eachDayNext, again)), ([, first, , others]) =>
    onWeekdays([first, ...others]),
  ),
  map(seq(word('each_on'), list(alt(eachDay, shortDay), again)), ([, found]) => onWeekdays(found)),
  map(seq(opt(word('in')), count, term('weekday_group')), () => doubting('which_day')),
  monthThenDay,
  map(seq(opt(on), dayRange), ([, found]) => onWeekdays([found])),
  map(
    term('daypart', (found) => found.each === true),
    (found) => part(found.part),
  ),
  map(
    seq(
      opt(on),
      dayOrGroup,
      term('daypart', (found) => found.each === true),
    ),
    ([, found, { part: when }]): Piece[] => [...onWeekdays([found]), { type: 'daypart', part: when }],
  ),
  map(seq(opt(on), opt(the), monthlyPieces), ([, , found]) => found),
);
