import { sorted } from './describe-numbers.ts';

/** Days of a month, or of a year: what the month or year has once or a few times. */
export type DayPick =
  /** Counted from the beginning: the 1st and 15th. */
  | { type: 'days'; days: readonly number[] }
  /** Counted from the end, 1 is the last day. */
  | { type: 'from_end'; days: readonly number[] }
  /** The working day nearest to a day of the month. */
  | { type: 'nearest'; day: number }
  /**
   * The nth of these weekdays (Sunday 0), counted together: the first Monday, the last of Monday to Friday. Negative
   * ones count from the end.
   */
  | { type: 'weekday'; weekdays: readonly number[]; nths: readonly number[] };

/** The days of a rule: in these months, every one of `weekly` and every one of `monthly`; without both every day. */
export interface DaySelection {
  /** 1 to 12, sorted. */
  months: readonly number[];
  /** Sunday 0, Monday first as a week is read. */
  weekly: readonly number[];
  monthly: readonly DayPick[];
  /** Only where the day is one of these as well. */
  condition?: DayCondition;
}

export interface DayCondition {
  weekly: readonly number[];
  monthly: readonly DayPick[];
}

export const EVERY_MONTH: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

export function isEveryDay({ months, weekly, monthly }: DaySelection): boolean {
  return months.length === 12 && weekly.length === 0 && monthly.length === 0;
}

/** Monday first. */
export function asWeek(days: Iterable<number>): number[] {
  return sorted([...days].map((day) => (day + 6) % 7)).map((day) => (day + 1) % 7);
}

/** Picks of the same kind as one, each once. */
export function mergedPicks(picks: readonly DayPick[]): DayPick[] {
  const days: number[] = [];
  const fromEnd: number[] = [];
  const nearest = new Set<number>();
  const nths = new Map<string, { weekdays: readonly number[]; nths: number[] }>();
  for (const pick of picks) {
    if (pick.type === 'days') days.push(...pick.days);
    else if (pick.type === 'from_end') fromEnd.push(...pick.days);
    else if (pick.type === 'nearest') nearest.add(pick.day);
    else {
      const key = pick.weekdays.join();
      const known = nths.get(key) ?? { weekdays: pick.weekdays, nths: [] };
      known.nths.push(...pick.nths);
      nths.set(key, known);
    }
  }
  return [
    ...(days.length > 0 ? [{ type: 'days' as const, days: sorted(days) }] : []),
    ...(fromEnd.length > 0 ? [{ type: 'from_end' as const, days: sorted(fromEnd).toReversed() }] : []),
    ...sorted(nearest).map((day) => ({ type: 'nearest' as const, day })),
    ...[...nths.values()].map((each) => ({
      type: 'weekday' as const,
      weekdays: each.weekdays,
      nths: inOrder(each.nths),
    })),
  ];
}

/** From the first on, then up to the last: 1, 20, -2, -1. */
export function inOrder(numbers: readonly number[]): number[] {
  const all = sorted(numbers);
  return [...all.filter((number) => number > 0), ...all.filter((number) => number < 0)];
}
