import { alt, map, notBefore, opt, peek, seq, sign, term, word, type Parser } from './combinators.ts';
import { count, ordinal, whole } from './grammar-numbers.ts';
import { before, clock, half, onDial, within } from './half-of-day.ts';
import type { Clock } from './meaning.ts';

const hourUnit = term('unit', (found) => found.unit === 'hour');
const minuteUnit = term('unit', (found) => found.unit === 'minute');
const shortHour = term('unit', (found) => found.unit === 'hour' && found.short === true);
const dayOrPart = alt(term('relative_day'), term('daypart'));
export const anyUnit = alt(term('unit'), term('amount'));
export const month = term('month', (found) => !found.weak);

export const written = map(term('clock'), ({ hour, minute, second }): Clock => ({
  ...clock(hour, minute, second),
  ...(hour >= 1 && hour <= 12 ? { dial: true } : {}),
}));
export const hourNumber = map(whole, (value) => (value <= 23 ? value : undefined));
export const minutes = map(seq(count, opt(minuteUnit)), ([value]) =>
  Number.isInteger(value) && value < 60 ? value : undefined,
);
const zero = term('number', (found) => found.value === 0);
const soonHour = alt(hourNumber, ordinal);
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
export const clearTime: Parser<Clock> = alt(
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
  map(seq(minutes, sign('to'), hourNumber, peek(dayOrPart)), ([minute, , hour]) => before(hour, minute)),
  map(seq(hourNumber, minutes, half), ([hour, minute, part]) =>
    minute >= 10 ? within(hour, minute, part) : undefined,
  ),
  // "18h30"
  map(seq(hourNumber, shortHour, whole), ([hour, , minute]) =>
    hour > 12 && minute < 60 ? clock(hour, minute) : undefined,
  ),
  map(seq(word('minus'), toNextHour, opt(half)), ([, { minute, hour }, part]) =>
    part ? within(hour === 1 ? 12 : hour - 1, 60 - minute, part) : before(hour, minute),
  ),
  map(seq(word('minus'), word('quarter'), soonHour), ([, , hour]) => before(hour, 15)),
  map(seq(word('minus'), word('quarter'), soonHour, half), ([, , hour, part]) =>
    within(hour === 1 ? 12 : hour - 1, 45, part),
  ),
  // "двадцать минут восьмого вечера"
  map(seq(minutes, ordinal, half), ([minute, hour, part]) =>
    within(hour === 1 ? 12 : hour - 1, minute, part),
  ),
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
  map(seq(hourNumber, sign('-', '–'), whole, half), ([hour, , minute, part]) =>
    minute < 60 && (minute === 0 || minute > 24) ? within(hour, minute, part) : undefined,
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
  map(seq(word('quarter'), ordinal, half), ([, hour, part]) => within(hour === 1 ? 12 : hour - 1, 15, part)),
  map(seq(minutes, ordinal), ([minute, hour]) => onDial(hour === 1 ? 12 : hour - 1, minute)),
);

/** "18.30" may be a day and a month as well: it is a time only behind "at". */
const dotted = notBefore(written, alt(anyUnit, month));

export const timeAfterAt: Parser<Clock> = alt(clearTime, looseTime, dotted);
