import { groupByDay, type DayGroup } from '#web/features/schedules/day-groups.ts';
import { daysAfter } from '#web/features/schedules/wall-clock.ts';

/** A day with what it has, or a stretch of days with nothing. */
export type Stretch<T> =
  | (DayGroup<T> & { kind: 'day' })
  /** `until`: the next day that has something; undefined where none is known. */
  | { kind: 'nothing'; from: string; until: string | undefined };

interface Span<T> {
  dayOf: (item: T) => string;
  /** `2026-11-30`; it is shown even when it has nothing. */
  first: string;
  /** The first day that is not shown any more. */
  end: string;
  /** Whether there may be more behind the last of them. */
  goesOn: boolean;
}

/** What is sorted by time, by days; days without anything are one stretch. */
export function stretchesOf<T>(items: readonly T[], { dayOf, first, end, goesOn }: Span<T>): Stretch<T>[] {
  const beyond = items.find((item) => dayOf(item) >= end);
  const shown = items.filter((item) => dayOf(item) < end);
  // What is overdue is due now.
  const days = groupByDay(shown, (item) => (dayOf(item) < first ? first : dayOf(item)));
  if (days[0]?.day !== first) days.unshift({ day: first, items: [] });
  const stretches: Stretch<T>[] = [];
  for (const [index, day] of days.entries()) {
    stretches.push({ kind: 'day', ...day });
    const from = daysAfter(day.day, 1);
    const next = days[index + 1]?.day;
    const until = next ?? (beyond && dayOf(beyond));
    const isStretch = until === undefined ? !goesOn : from < until;
    if (isStretch) stretches.push({ kind: 'nothing', from, until });
  }
  return stretches;
}

/** The end of what is shown when a week more is asked for; where that has nothing, behind what comes next. */
export function furtherEnd(end: string, next: string | undefined, days: number): string {
  const usual = daysAfter(end, days);
  return next !== undefined && next >= usual ? daysAfter(next, 1) : usual;
}
