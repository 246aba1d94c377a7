import { alt, end, isOtherWord, map, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { multiplied } from './grammar-clock.ts';
import { count, ordinal } from './grammar-numbers.ts';
import type { Token } from './tokenize.ts';
import { looksLikeUnit, looksMistyped } from './typos.ts';

/** "at 1830", "в 25": behind "at" and before nothing that could be counted. */
const numberOfTime = seq(
  word('at'),
  term('number', (found) => found.digits === true && Number.isInteger(found.value)),
  alt(end, sign('.', ',', ':', '!', '?'), word('to', 'on', 'connector')),
);

/** Whether the unused token at `index` still speaks of time: a count with its unit, a day, "every", a clock. */
export function speaksOfTime(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (ofSomething(tokens, index)) return false;
  if (token && token.terms.length === 0 && looksMistyped(token.text)) return true;
  return timeLike(tokens, index) !== undefined;
}

const year = (value: number): boolean => value >= 1900 && value < 2100;
const singular = term('unit', (found) => !found.plural && !found.short);
const otherWord: Parser<true> = (tokens, at) =>
  isOtherWord(tokens[at]) ? { value: true, next: at + 1 } : undefined;

/** "my 10 year old cat", "a 5 minute walk", "мне 30 лет", "in 1998": counts that are no times. */
const ofSomething: Parser<unknown> = (tokens, index) =>
  alt(
    multiplied,
    map(seq(count, singular, otherWord), ([value]) => (value > 1 ? true : undefined)),
    seq(
      count,
      term('unit', (found) => found.unit === 'year'),
      alt(otherWord, end, word('at', 'connector'), sign('.', ',', '!', '?'), term('relative_day')),
    ),
    seq(
      word('at'),
      term('number', (found) => year(found.value) && found.value % 100 >= 60),
    ),
  )(tokens, index);

const digits = term('number', (found) => found.digits === true);
const stop = alt(
  end,
  sign('.', ',', '!', '?'),
  word('to', 'connector', 'at', 'on'),
  term('relative_day'),
  term('daypart'),
  term('unit', (found) => found.unit === 'year'),
);
const mistypedUnit: Parser<true> = (tokens, at) =>
  isOtherWord(tokens[at]) && looksLikeUnit(tokens[at]?.text ?? '')
    ? { value: true, next: at + 1 }
    : undefined;

const timeLike = alt(
  seq(
    term('number', (found) => !found.article && !found.ordinal),
    term('unit', (found) => !found.short),
  ),
  term('weekday'),
  term('weekday_group'),
  term('month', (found) => !found.weak),
  word('every', 'gone', 'edge'),
  term('rate'),
  term('relative_day'),
  term('clock'),
  term('date', (found) => found.year !== undefined),
  term('ambiguous_date'),
  term('named_time'),
  term('instant'),
  term('half_before'),
  term('amount'),
  numberOfTime,
  // "0900 tomorrow"
  (tokens, at) => (/^0\d{3}$/.test(tokens[at]?.text ?? '') ? { value: true, next: at + 1 } : undefined),
  // "Friday the 13th"
  seq(word('the'), ordinal, alt(end, word('at'))),
  seq(
    term('number', (found) => found.digits === true),
    word('am', 'pm', 'oclock'),
  ),
  // "every hour at :15"
  seq(opt(word('at')), sign(':'), digits),
  // "20 mintues"
  seq(
    term('number', (found) => !found.article && !found.ordinal),
    mistypedUnit,
  ),
  // "half 5", "ten to four"
  seq(
    word('half'),
    term('number', (found) => found.value <= 12 && !found.ordinal && !found.article),
    stop,
  ),
  seq(
    term('number', (found) => !found.digits && [5, 10, 20, 25].includes(found.value)),
    sign('to'),
    term('number', (found) => found.value <= 12),
    stop,
  ),
  // "in ten"
  seq(
    word('in'),
    term('number', (found) => !found.digits && !found.article && !found.ordinal && found.value >= 5),
    stop,
  ),
  // "ping me in 5"
  seq(
    word('in'),
    term('number', (found) => found.digits === true && found.value <= 90),
    alt(end, sign('.', ',', '!', '?'), word('to', 'connector')),
  ),
  seq(
    word('in'),
    alt(
      term('unit', (found) => !found.short),
      term('amount'),
    ),
  ),
);
