import type { Found, Reading } from './grammar.ts';
import type { Repeat, Span } from './meaning.ts';

export interface SettledReading extends Reading {
  /** Tokens of lengths that belong to the text; they are unused too. */
  ofText: ReadonlySet<number>;
  unsure: boolean;
}

/**
 * "for a week" ends what comes every day; "for 10 minutes" is what to do at its time, and belongs to the text. Between
 * the two, from once to twice as long as the time from one to the next, it could be either: `unsure`.
 */
export function settleLengths({ found, unused }: Reading): SettledReading {
  const repeats = found.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (piece.type === 'repeat' ? [piece.repeat] : [])),
  );
  const period = repeats.length === 0 ? Number.POSITIVE_INFINITY : periodOf(repeats);
  const said = (one: Found) => {
    const [piece] = one.pieces;
    return piece?.type === 'end' && piece.end.type === 'length' && !(piece.end.next && repeats.length === 0)
      ? daysIn(piece.end.span)
      : undefined;
  };
  const ofText = found.filter((one) => (said(one) ?? period) < period);
  const indices = ofText.flatMap(({ from, to }) =>
    Array.from({ length: to - from }, (_, index) => from + index),
  );
  return {
    found: found.filter((one) => !ofText.includes(one)),
    unused: [...unused, ...indices].sort((a, b) => a - b),
    ofText: new Set(indices),
    unsure: found.some((one) => {
      const days = said(one);
      return days !== undefined && days >= period && days < 2 * period;
    }),
  };
}

const daysIn = ({ seconds, days, months }: Span): number => seconds / 86_400 + days + months * 30;

/** About how many days lie between two times. */
function periodOf(repeats: readonly Repeat[]): number {
  const minutes = repeats.find((repeat) => repeat.type === 'minutes');
  return minutes ? minutes.every / 1440 : Math.max(...repeats.map(daysBetween));
}

function daysBetween(repeat: Repeat): number {
  switch (repeat.type) {
    case 'minutes':
      return repeat.every / 1440;
    case 'days':
      return repeat.every;
    case 'weekdays':
      return (7 * repeat.every) / repeat.days.length;
    case 'month_days':
    case 'nth_weekday':
    case 'nth_workday':
      return 30 * repeat.every;
    case 'year':
      return 365 * repeat.every;
    case 'counted':
    case 'open':
      return { week: 7, month: 30, year: 365 }[repeat.unit] * repeat.every;
  }
}
