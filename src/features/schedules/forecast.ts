import type { UpcomingRecord } from './queries/upcoming.ts';
import type { Recurrence } from './recurrence/recurrence.ts';
import { recurrenceOf } from './rule.ts';
import { ruleOf, type RuleColumns } from './stored-rule.ts';

/** A place in the order of a forecast: by time, and at one instant by schedule. */
export interface Place {
  next_fire_at: Date;
  id: string;
}

type Upcoming = UpcomingRecord & RuleColumns;

/** A schedule at one of its instants, ms since 1970. */
interface Entry {
  at: number;
  id: string;
  schedule: Upcoming;
  /** Null for what fires once. */
  recurrence: Recurrence | null;
}

function isBefore(a: { at: number; id: string }, b: { at: number; id: string }): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** Moves the entry to its next instant after `from`. Returns whether there is one. */
function advance(entry: Entry, from: number): boolean {
  const next = entry.recurrence?.next(from) ?? null;
  if (next !== null) entry.at = next;
  return next !== null;
}

function entryOf(schedule: Upcoming, after: { at: number; id: string } | undefined): Entry | undefined {
  const rule = ruleOf(schedule);
  const recurrence = rule.type === 'recurring' ? recurrenceOf(rule) : null;
  const entry = { at: schedule.next_fire_at.getTime(), id: schedule.id, schedule, recurrence };
  if (!after || isBefore(after, entry)) return entry;
  if (!advance(entry, after.at - 1)) return undefined;
  return isBefore(after, entry) || advance(entry, after.at) ? entry : undefined;
}

/** Moves the entry at `index` down to its place in a heap, whose first is before all. */
function sift(heap: Entry[], index: number): void {
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

function shown({ at, schedule }: Entry): UpcomingRecord {
  const { id, kind, reminder_id, title, text, timezone } = schedule;
  return { id, kind, reminder_id, title, text, next_fire_at: new Date(at), timezone };
}

/**
 * What will fire up to and including `until`, each time of it, in order, behind `after`; at most `count`.
 * @param schedules those that fire at all by then, each at its next instant
 */
export function forecast(
  schedules: Upcoming[],
  { after, until, count }: { after?: Place | undefined; until: Date; count: number },
): UpcomingRecord[] {
  const place = after && { at: after.next_fire_at.getTime(), id: after.id };
  const heap = schedules.flatMap((schedule) => entryOf(schedule, place) ?? []);
  for (let index = heap.length >> 1; index >= 0; index--) sift(heap, index);
  const end = until.getTime();
  const times: UpcomingRecord[] = [];
  while (times.length < count) {
    const [first] = heap;
    if (!first || first.at > end) break;
    times.push(shown(first));
    if (!advance(first, first.at)) {
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
    }
    sift(heap, 0);
  }
  return times;
}
