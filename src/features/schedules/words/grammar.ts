import { alt, map, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { bareWindow, clockPiece, severalTimes, timeAfterDay, windowPiece } from './grammar-clock.ts';
import { day, dayPiece } from './grammar-day.ts';
import { boundBehind, boundPiece } from './grammar-end.ts';
import { count, ordinal, span, turnedSpan } from './grammar-numbers.ts';
import { repeatPieces } from './grammar-repeat.ts';
import { timeAfterAt } from './grammar-time.ts';
import { halfOfDay, hourIn } from './half-of-day.ts';
import type { Piece, Span } from './meaning.ts';
import type { Token } from './tokenize.ts';

const one = (piece: Piece): Piece[] => [piece];
const spanPiece = (found: Span): Piece[] => [{ type: 'span', span: found }];

const daypart = map(
  term('daypart', (found) => !found.each),
  (found): Piece => ({ type: 'daypart', part: found.part }),
);
const timeDigits = map(count, (value) =>
  Number.isInteger(value) && value >= 6 && value <= 12 ? value : undefined,
);
/** "8 tonight", "about 8 tomorrow": where nothing before it says what the number counts. */
const opening: Parser<true> = (tokens, at) =>
  at === 0 || /^(?:about|around|like)$/.test(tokens[at - 1]?.text ?? '')
    ? { value: true, next: at }
    : undefined;
const loneDaypart = map(
  term('daypart', (found) => found.adverb === true),
  (found): Piece => ({ type: 'daypart', part: found.part }),
);
const dayWithPart = map(
  term('relative_day', (found) => found.part !== undefined),
  (found): Piece[] => [
    { type: 'day', day: { type: 'relative', days: found.days } },
    ...(found.part ? one({ type: 'daypart', part: found.part }) : []),
  ],
);

/** "an hour or so", "час или около того": no less exact than "about an hour". */
const roughly = opt(
  alt(seq(word('or'), sign('so', 'thereabouts', 'так')), seq(word('or'), sign('около'), sign('того'))),
);

/** "before", "после обеда": what a span is counted from. */
const relativeTo: Parser<true> = (tokens, at) =>
  /^(?:before|after|prior|earlier|beforehand|до|после|раньше)(?: |$)/.test(tokens[at]?.text ?? '')
    ? { value: true, next: at + 1 }
    : undefined;

/** A limit ("by 6pm", "until Friday") is no instant: we ask rather than guess. */
const limit: Parser<Piece[]> = map(
  seq(
    word('bound'),
    alt(
      map(timeAfterAt, () => []),
      map(clockPiece, one),
      map(dayPiece, one),
      repeatPieces,
      dayWithPart,
      map(span, spanPiece),
    ),
  ),
  () => one({ type: 'doubt', doubt: 'limit' }),
);

/** Every kind of phrase, tried at each word of a text; the one that reads farthest wins. */
const phrase: Parser<Piece[]> = alt(
  repeatPieces,
  map(seq(word('in'), span, roughly), ([, found]) => spanPiece(found)),
  map(seq(span, roughly, word('from_now')), ([found]) => spanPiece(found)),
  map(turnedSpan, spanPiece),
  map(clockPiece, one),
  map(windowPiece, one),
  map(dayPiece, one),
  map(seq(day, opt(sign(',')), daypart), ([found, , part]): Piece[] => [{ type: 'day', day: found }, part]),
  map(seq(day, timeAfterDay, opt(halfOfDay)), ([found, clock, half]): Piece[] | undefined => {
    const hour = half === undefined ? clock.hour : hourIn(clock.hour, half);
    if (hour === undefined) return undefined;
    return [
      { type: 'day', day: found },
      { type: 'clock', clocks: [half === undefined ? clock : { hour, minute: clock.minute, second: 0 }] },
    ];
  }),
  dayWithPart,
  map(seq(opening, timeDigits, term('relative_day')), ([, hour, { part, days }]): Piece[] => [
    { type: 'day', day: { type: 'relative', days } },
    ...(part ? one({ type: 'daypart', part }) : []),
    { type: 'clock', clocks: [{ hour, minute: 0, second: 0, bare: true }] },
  ]),
  map(boundPiece, one),
  map(loneDaypart, one),
  map(term('instant'), (found) => one({ type: 'instant', epoch_ms: found.epoch_ms })),
  limit,
  map(severalTimes, () => one({ type: 'doubt', doubt: 'several_times' })),
  map(seq(opt(word('at')), term('no_clock')), () => one({ type: 'doubt', doubt: 'which_time' })),
  // "Friday the 13th"
  map(seq(day, word('the'), ordinal), ([found, , number]): Piece[] => [
    { type: 'day', day: found },
    { type: 'day', day: { type: 'month_day', day: number } },
  ]),
  map(
    seq(
      alt(
        clockPiece,
        map(count, () => true),
      ),
      word('zone'),
    ),
    () => one({ type: 'doubt', doubt: 'zone' }),
  ),
  map(
    seq(
      span,
      word('from'),
      term('relative_day', (found) => found.days === 0 && found.part === undefined),
    ),
    ([found]) => spanPiece(found),
  ),
  // "через час-полтора", "in an hour - two"
  map(seq(word('in'), span, sign('-', '–', '—'), alt(count, span)), () =>
    one({ type: 'doubt', doubt: 'vague' }),
  ),
  map(seq(word('in'), term('clock'), opt(term('unit'))), () => one({ type: 'doubt', doubt: 'which_time' })),
  // "a week tomorrow"
  map(seq(span, term('relative_day')), ([found]) =>
    found.days >= 7 ? one({ type: 'doubt', doubt: 'conflict' }) : undefined,
  ),
  map(seq(opt(word('in')), span, relativeTo), () => one({ type: 'doubt', doubt: 'conflict' })),
  map(seq(span, sign('on'), day), ([found]) =>
    found.days > 0 ? one({ type: 'doubt', doubt: 'conflict' }) : undefined,
  ),
  // "a week from Friday", "2 days after Friday": a day counted from another one
  map(seq(span, word('from', 'bound'), day), () => one({ type: 'doubt', doubt: 'conflict' })),
);

/** What a phrase means, and the tokens it is made of. */
export interface Found {
  pieces: Piece[];
  from: number;
  /** The token behind its last one. */
  to: number;
}

export interface Reading {
  found: Found[];
  /** Indices of the tokens that no phrase has used. */
  unused: number[];
}

/** What needs no preposition right behind a repetition: "daily 8", "Mondays 9 to 5", "every other Friday afternoon". */
const behindRepeat: Parser<Piece[]> = alt(
  map(boundBehind, one),
  map(timeAfterDay, (clock) => one({ type: 'clock', clocks: [clock] })),
  map(seq(timeAfterDay, halfOfDay), ([clock, half]) => {
    const hour = hourIn(clock.hour, half);
    return hour === undefined
      ? undefined
      : one({ type: 'clock', clocks: [{ hour, minute: clock.minute, second: 0 }] });
  }),
  map(bareWindow, one),
  map(daypart, one),
);

/** Finds every time phrase of a text, wherever it stands. */
export function readPhrases(tokens: readonly Token[]): Reading {
  const found: Found[] = [];
  const unused: number[] = [];
  for (let at = 0; at < tokens.length;) {
    const repeats = found.some(({ pieces }) => pieces.some((piece) => piece.type === 'repeat'));
    const behind = repeats && found.at(-1)?.to === at;
    const read = phrase(tokens, at) ?? (behind ? behindRepeat(tokens, at) : undefined);
    if (read && read.next > at) {
      found.push({ pieces: read.value, from: at, to: read.next });
      at = read.next;
    } else {
      unused.push(at);
      at += 1;
    }
  }
  return { found, unused };
}
