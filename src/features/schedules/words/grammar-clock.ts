import { alt, list, map, notBefore, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { whole } from './grammar-numbers.ts';
import { anyUnit, clearTime, hourNumber, minutes, month, timeAfterAt, written } from './grammar-time.ts';
import { clock, half, onDial, within } from './half-of-day.ts';
import type { Clock, Piece } from './meaning.ts';

const at = word('at');
const hourUnit = term('unit', (found) => found.unit === 'hour');
const separator = alt(word('and'), sign(','), seq(sign(','), word('and')));
const more = seq(separator, opt(at));

/** "9.30" alone may be a number: with "pm" behind it is a time. */
const undotted: Parser<Clock> = (tokens, from) => {
  const token = tokens[from];
  const mayBeNumber =
    token?.text.includes('.') &&
    !token.text.endsWith('.m.') &&
    token.terms.some((found) => found.type === 'date' || found.type === 'number');
  return mayBeNumber && !word('am', 'pm')(tokens, from + 1) ? undefined : clearTime(tokens, from);
};

/** "7 на 8" multiplies. */
export const multiplied: Parser<true> = (tokens, from) =>
  tokens[from]?.text === 'на' && tokens[from - 1]?.terms.some((found) => found.type === 'number')
    ? { value: true, next: from }
    : undefined;
const atTime: Parser<unknown> = (tokens, from) => (multiplied(tokens, from) ? undefined : at(tokens, from));

/** "at 9", "at 9 and 18", "9am", "noon". */
export const clockPiece: Parser<Piece> = alt(
  map(seq(atTime, list(timeAfterAt, more)), ([, clocks]) => ({ type: 'clock' as const, clocks })),
  map(seq(at, word('the'), list(clearTime, more)), ([, , clocks]) => ({ type: 'clock' as const, clocks })),
  map(list(undotted, more), (clocks) => ({ type: 'clock' as const, clocks })),
);

/** The time that may stand right behind a day: "tomorrow 9", "в понедельник 10". */
export const timeAfterDay: Parser<Clock> = alt(
  map(notBefore(whole, alt(anyUnit, month, word('thing'), sign('-', '‑'))), (hour) =>
    hour <= 23 ? (onDial(hour, 0) ?? clock(hour)) : undefined,
  ),
  map(notBefore(seq(hourNumber, minutes), alt(anyUnit, month, word('thing'))), ([hour, minute]) =>
    minute >= 10 ? (onDial(hour, minute) ?? clock(hour, minute)) : undefined,
  ),
  // "Monday 9.30", but "Tuesday 1.12" may be a date
  notBefore(
    (tokens, from) => (term('date')(tokens, from) ? undefined : written(tokens, from)),
    alt(anyUnit, month),
  ),
);

/** In "from 10 to 6" the ends are plain hours: "ten to six" is no time there. */
const endOfWindow: Parser<Clock> = alt(
  written,
  map(hourNumber, (hour) => onDial(hour, 0) ?? clock(hour)),
  map(seq(hourNumber, half), ([hour, part]) => within(hour, 0, part)),
  map(seq(written, half), ([time, part]) => within(time.hour, time.minute, part)),
  map(seq(hourNumber, hourUnit), ([hour]) => onDial(hour, 0) ?? clock(hour)),
  map(term('named_time'), ({ hour }) => clock(hour)),
);

/** "weekdays 9 to 5": behind a repetition it needs no "from". */
export const bareWindow: Parser<Piece> = map(
  seq(endOfWindow, alt(sign('-', '–', '—'), word('to')), opt(at), endOfWindow),
  ([from, , , to]) => ({ type: 'window' as const, from, to }),
);

/** "from 9 to 18", "с 9 до 18", "between 9am and 5pm". */
export const windowPiece: Parser<Piece> = map(
  seq(word('from'), opt(at), endOfWindow, word('to', 'and'), opt(at), endOfWindow),
  ([, , from, , , to]) => ({ type: 'window' as const, from, to }),
);

const orTo = alt(word('or'), sign('-', '–', '—'));

/** "5-6 pm", "at 9 or 10": more than one time, and no rule to choose by. */
export const severalTimes: Parser<unknown> = alt(
  seq(at, hourNumber, orTo, hourNumber),
  seq(opt(at), hourNumber, orTo, clearTime),
  seq(clockPiece, orTo, opt(at), timeAfterAt),
);
