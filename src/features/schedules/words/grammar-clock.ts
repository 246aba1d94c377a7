import {
  alt,
  list,
  map,
  nothing,
  notBefore,
  opt,
  seq,
  sign,
  term,
  word,
  type Parser,
} from './combinators.ts';
import { count, ordinal, whole } from './grammar-numbers.ts';
import type { Clock, Piece } from './meaning.ts';
import type { Daypart } from './terms.ts';

const at = word('at');
const hourUnit = term('unit', (found) => found.unit === 'hour');
const minuteUnit = term('unit', (found) => found.unit === 'minute');
const shortHour = term('unit', (found) => found.unit === 'hour' && found.short === true);
const dayOrPart = alt(term('relative_day'), term('daypart'));
const anyUnit = alt(term('unit'), term('amount'));
const month = term('month', (found) => !found.weak);

type HalfOfDay = 'am' | 'pm' | Daypart;

/** "pm", "in the evening", "вечера" behind an hour. */
export const halfOfDay: Parser<HalfOfDay> = alt(
  map(word('am'), () => 'am' as const),
  map(word('pm'), () => 'pm' as const),
  map(
    term('daypart', (found) => !found.each),
    (found) => found.part,
  ),
  map(
    term('relative_day', (found) => found.days === 0 && found.part !== undefined),
    (found) => found.part,
  ),
);
const half = alt(
  map(word('am'), () => 'am' as const),
  map(word('pm'), () => 'pm' as const),
  map(
    term('daypart', (found) => !found.each),
    (found) => found.part,
  ),
);

/**
 * The hour on the 24-hour clock that "3 in the morning" or "11 at night" means; undefined when nobody
 * would say it. An hour above 12 is already on that clock.
 */
export function hourIn(hour: number, part: HalfOfDay): number | undefined {
  if (hour > 23) return undefined;
  if (hour > 12 || hour === 0) return hour;
  switch (part) {
    case 'am':
      return hour % 12;
    case 'morning':
      return hour === 12 ? undefined : hour;
    case 'pm':
      return (hour % 12) + 12;
    case 'afternoon':
      return hour === 12 || hour <= 6 ? (hour % 12) + 12 : undefined;
    case 'evening':
      return hour >= 4 && hour <= 11 ? hour + 12 : undefined;
    case 'night':
      // "7 tonight" is in the evening; 5 could be either
      if (hour === 5) return undefined;
      return hour >= 6 && hour <= 11 ? hour + 12 : hour % 12;
  }
}

const clock = (hour: number, minute = 0, second = 0): Clock => ({ hour, minute, second });

/** An hour and minute that only a twelve-hour reading or a later day part settles. */
function onDial(hour: number, minute: number): Clock | undefined {
  return hour >= 1 && hour <= 12 && minute >= 0 && minute < 60
    ? { ...clock(hour % 12 === 0 ? 12 : hour, minute), bare: true }
    : undefined;
}

function within(hour: number, minute: number, part: HalfOfDay): Clock | undefined {
  const found = hourIn(hour, part);
  if (found === undefined || minute >= 60) return undefined;
  return part === 'night' && found === 0 && minute === 0
    ? { ...clock(0), midnight: true }
    : { ...clock(found, minute), half: true };
}

const written = map(term('clock'), ({ hour, minute, second }): Clock => ({
  ...clock(hour, minute, second),
  ...(hour >= 1 && hour <= 12 ? { dial: true } : {}),
}));
const hourNumber = map(whole, (value) => (value <= 23 ? value : undefined));
const minutes = map(seq(count, opt(minuteUnit)), ([value]) =>
  Number.isInteger(value) && value < 60 ? value : undefined,
);
const zero = term('number', (found) => found.value === 0);
const soonHour = alt(hourNumber, ordinal);
const before = (hour: number, minute: number): Clock | undefined =>
  onDial(hour === 1 ? 12 : hour - 1, 60 - minute);

/** "двадцати девять" is twenty and then nine, "двадцати пяти девять" twenty-five and nine. */
const toNextHour = alt(
  map(seq(minutes, soonHour), ([minute, hour]) => ({ minute, hour })),
  map(
    seq(
      term('number', (found) => found.value < 60),
      opt(minuteUnit),
      soonHour,
    ),
    ([{ value }, , hour]) => ({ minute: value, hour }),
  ),
);

/** Ways to say a time that are clear without "at" in front. */
const clearTime: Parser<Clock> = alt(
  written,
  map(seq(written, half), ([time, part]) => within(time.hour, time.minute, part)),
  map(seq(hourNumber, half), ([hour, part]) => within(hour, 0, part)),
  map(seq(hourNumber, hourUnit, half), ([hour, , part]) => within(hour, 0, part)),
  map(seq(hourNumber, hourUnit, minutes, half), ([hour, , minute, part]) => within(hour, minute, part)),
  map(seq(hourNumber, word('oclock')), ([hour]) => onDial(hour, 0) ?? clock(hour)),
  map(seq(hourNumber, word('oclock'), half), ([hour, , part]) => within(hour, 0, part)),
  map(seq(hourUnit, half), ([, part]) => within(1, 0, part)),
  map(term('named_time'), ({ hour }) => (hour === 0 ? { ...clock(0), midnight: true } : clock(12))),
  map(term('half_before'), ({ hour }) => before(hour, 30)),
  map(seq(term('half_before'), half), ([{ hour }, part]) => within(hour === 1 ? 12 : hour - 1, 30, part)),
  map(seq(word('half'), word('past'), hourNumber), ([, , hour]) => onDial(hour, 30)),
  map(seq(word('half'), word('past'), hourNumber, half), ([, , hour, part]) => within(hour, 30, part)),
  map(seq(word('quarter'), word('past'), hourNumber), ([, , hour]) => onDial(hour, 15)),
  map(seq(word('quarter'), word('past'), hourNumber, half), ([, , hour, part]) => within(hour, 15, part)),
  map(seq(word('quarter'), word('to'), hourNumber), ([, , hour]) => before(hour, 15)),
  map(seq(word('quarter'), word('to'), hourNumber, half), ([, , hour, part]) =>
    within(hour === 1 ? 12 : hour - 1, 45, part),
  ),
  map(seq(minutes, word('past'), hourNumber), ([minute, , hour]) => onDial(hour, minute)),
  map(seq(minutes, word('past'), hourNumber, half), ([minute, , hour, part]) => within(hour, minute, part)),
  map(seq(minutes, sign('to'), hourNumber, half), ([minute, , hour, part]) =>
    within(hour === 1 ? 12 : hour - 1, 60 - minute, part),
  ),
  map(
    seq(minutes, sign('to'), hourNumber, (tokens, at) =>
      dayOrPart(tokens, at) ? nothing(tokens, at) : undefined,
    ),
    ([minute, , hour]) => before(hour, minute),
  ),
  map(seq(hourNumber, minutes, alt(word('am'), word('pm'))), ([hour, minute, part]) =>
    minute >= 10 && (part === 'am' || part === 'pm') ? within(hour, minute, part) : undefined,
  ),
  // "18h30"
  map(seq(hourNumber, shortHour, whole), ([hour, , minute]) =>
    hour > 12 && minute < 60 ? clock(hour, minute) : undefined,
  ),
  map(seq(word('minus'), toNextHour, opt(half)), ([, { minute, hour }, part]) =>
    part ? within(hour === 1 ? 12 : hour - 1, 60 - minute, part) : before(hour, minute),
  ),
  map(seq(word('minus'), word('quarter'), soonHour), ([, , hour]) => before(hour, 15)),
);

/** Ways that need "at": "at 5", "в 9 часов", "в 18-30", "в половине седьмого", "at ten to six". */
const looseTime: Parser<Clock> = alt(
  notBefore(
    map(hourNumber, (hour) => onDial(hour, 0) ?? clock(hour)),
    alt(anyUnit, month, sign('%', '-', '.'), ordinal, word('times', 'thing')),
  ),
  map(seq(hourNumber, hourUnit), ([hour]) => onDial(hour, 0) ?? clock(hour)),
  map(seq(hourNumber, hourUnit, minutes), ([hour, , minute]) =>
    hour > 12 || hour === 0 ? clock(hour, minute) : onDial(hour, minute),
  ),
  // "9-10" is a range as likely as a time, "18-30" is not
  map(seq(hourNumber, sign('-', '–'), whole), ([hour, , minute]) =>
    minute < 60 && (minute === 0 || minute > 24) ? clock(hour, minute) : undefined,
  ),
  map(notBefore(seq(hourNumber, minutes), word('times', 'thing')), ([hour, minute]) =>
    minute >= 10 ? clock(hour, minute) : undefined,
  ),
  map(seq(hourNumber, minutes, half), ([hour, minute, part]) =>
    minute >= 10 ? within(hour, minute, part) : undefined,
  ),
  map(seq(hourNumber, zero, whole), ([hour, , minute]) => (minute <= 9 ? clock(hour, minute) : undefined)),
  map(hourUnit, ({ plural }) => (plural ? undefined : onDial(1, 0))),
  map(seq(minutes, sign('to'), hourNumber), ([minute, , hour]) => before(hour, minute)),
  // British: "half seven" is half past
  map(seq(sign('half'), hourNumber), ([, hour]) => onDial(hour, 30)),
  map(seq(word('half'), ordinal), ([, hour]) => before(hour, 30)),
  map(seq(word('half'), ordinal, half), ([, hour, part]) => within(hour === 1 ? 12 : hour - 1, 30, part)),
  map(seq(word('quarter'), ordinal), ([, hour]) => onDial(hour === 1 ? 12 : hour - 1, 15)),
  map(seq(minutes, ordinal), ([minute, hour]) => onDial(hour === 1 ? 12 : hour - 1, minute)),
);

/** "18.30" may be a day and a month as well: it is a time only behind "at". */
const dotted = notBefore(written, alt(anyUnit, month));

export const timeAfterAt: Parser<Clock> = alt(clearTime, looseTime, dotted);

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
  map(notBefore(whole, alt(anyUnit, month, word('thing'))), (hour) =>
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
