import { daysAfter } from './wall-clock.ts';

export interface DayGroup<T> {
  /** `2026-11-30` */
  day: string;
  items: T[];
}

/** Puts what is sorted by time together by day, in the same order; what has no day is left out. */
export function groupByDay<T>(items: readonly T[], dayOf: (item: T) => string | undefined): DayGroup<T>[] {
  const groups: DayGroup<T>[] = [];
  for (const item of items) {
    const day = dayOf(item);
    if (day === undefined) continue;
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}

export type NearDay = 'yesterday' | 'today' | 'tomorrow';

/** Which of the days with a name of its own it is. */
export function nearDay(day: string, today: string): NearDay | undefined {
  if (day === today) return 'today';
  if (day === daysAfter(today, 1)) return 'tomorrow';
  if (day === daysAfter(today, -1)) return 'yesterday';
  return undefined;
}
