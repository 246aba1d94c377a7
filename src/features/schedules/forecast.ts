import type { UpcomingRecord } from './queries/upcoming.ts';
import { nextInstant } from './rule.ts';
import { ruleOf, type RuleColumns } from './stored-rule.ts';

/** A place in the order of a forecast: by time, and at one instant by schedule. */
export interface Place {
  next_fire_at: Date;
  id: string;
}

type Upcoming = UpcomingRecord & RuleColumns;

function isBefore(a: Place, b: Place): boolean {
  const [at, than] = [a.next_fire_at.getTime(), b.next_fire_at.getTime()];
  return at < than || (at === than && a.id < b.id);
}

/** The same schedule at its next instant. */
function following(upcoming: Upcoming, from: Date): Upcoming | undefined {
  const next = nextInstant(ruleOf(upcoming), from);
  return next ? { ...upcoming, next_fire_at: next } : undefined;
}

function firstAfter(upcoming: Upcoming, after: Place | undefined): Upcoming | undefined {
  if (!after || isBefore(after, upcoming)) return upcoming;
  const same = following(upcoming, new Date(after.next_fire_at.getTime() - 1));
  return same && !isBefore(after, same) ? following(upcoming, after.next_fire_at) : same;
}

/** Moves the entry at `index` down to its place in a heap, whose first is before all. */
function sift(heap: Upcoming[], index: number): void {
  for (let at = index; ;) {
    let first = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && isBefore(heap[child]!, heap[first]!)) first = child;
    }
    if (first === at) return;
    [heap[at], heap[first]] = [heap[first]!, heap[at]!];
    at = first;
  }
}

/**
 * What will fire up to and including `until`, each time of it, in order, behind `after`; at most `count`.
 * @param schedules those that fire at all by then, each at its next instant
 */
export function forecast(
  schedules: Upcoming[],
  { after, until, count }: { after?: Place | undefined; until: Date; count: number },
): UpcomingRecord[] {
  const heap = schedules.flatMap((schedule) => firstAfter(schedule, after) ?? []);
  for (let index = heap.length >> 1; index >= 0; index--) sift(heap, index);
  const times: UpcomingRecord[] = [];
  while (times.length < count) {
    const [first] = heap;
    if (!first || first.next_fire_at > until) break;
    const { id, kind, reminder_id, title, text, next_fire_at, timezone } = first;
    times.push({ id, kind, reminder_id, title, text, next_fire_at, timezone });
    const next = following(first, first.next_fire_at);
    const last = next ?? heap.pop()!;
    if (heap.length > 0) heap[0] = last;
    sift(heap, 0);
  }
  return times;
}
