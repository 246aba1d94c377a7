import type { Doubt, Piece, Repeat } from './meaning.ts';
import type { Unit } from './terms.ts';

/** The calendar's quarters begin in these months. */
export const QUARTER_STARTS = [1, 4, 7, 10];

export const repeating = (repeat: Repeat): Piece[] => [{ type: 'repeat', repeat }];
export const doubting = (doubt: Doubt): Piece[] => [{ type: 'doubt', doubt }];

const weekly = (days: readonly number[], every: number): Piece[] =>
  repeating({ type: 'weekdays', days: [...new Set(days)].sort((a, b) => a - b), every });

/** These weekdays of every week, or of every `every`th. */
export const onWeekdays = (found: readonly number[][], every = 1): Piece[] => weekly(found.flat(), every);

/** "every 15 minutes", "every 3 days": the repeat of an amount of a unit, or why there is none. */
export function repeatOf(amount: number, unit: Unit): Piece[] {
  if (amount <= 0) return doubting('uneven');
  switch (unit) {
    case 'second':
      return amount % 60 === 0 ? repeatOf(amount / 60, 'minute') : doubting('too_often');
    case 'minute':
      if (amount < 1) return doubting('too_often');
      if (!Number.isInteger(amount)) return doubting('uneven');
      return amount === 1440 ? repeatOf(1, 'day') : repeating({ type: 'minutes', every: amount });
    case 'hour':
      return repeatOf(amount * 60, 'minute');
    case 'day':
      if (!Number.isInteger(amount)) return repeatOf(amount * 24, 'hour');
      return amount % 7 === 0 ? repeatOf(amount / 7, 'week') : repeating({ type: 'days', every: amount });
    case 'week':
      return Number.isInteger(amount)
        ? repeating({ type: 'open', unit, every: amount })
        : repeatOf(amount * 7, 'day');
    case 'month':
      if (!Number.isInteger(amount)) return doubting('uneven');
      return amount % 12 === 0
        ? repeatOf(amount / 12, 'year')
        : repeating({ type: 'open', unit, every: amount });
    case 'year':
      if (!Number.isInteger(amount)) return repeatOf(amount * 12, 'month');
      return repeating({ type: 'open', unit, every: amount });
  }
}

/** "every quarter": the months of it are fixed. */
export const eachQuarter = (): Piece[] =>
  repeating({ type: 'open', unit: 'month', every: 3, months: QUARTER_STARTS });
