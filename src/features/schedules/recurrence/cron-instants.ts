import { wallClockFrom } from './cron-wall-clock.ts';
import type { WallClockRule } from './cron-expression.ts';
import type { ZoneTable } from './zone-table.ts';

const HOUR_MS = 3_600_000;
/** A gap as long as this is a date left out rather than clocks put forward. */
const SKIPPED_MS = 3 * HOUR_MS;
/** No zone is further from UTC. */
const FURTHEST_MS = 16 * HOUR_MS;
/** So after this long no change has ever put a wall clock back behind where it was. */
const CAUGHT_UP_MS = 2 * FURTHEST_MS;

/** The first instant of a rule in a zone from `start` on, a whole second; null when there is none any more. */
export function firstInstant(rule: WallClockRule, zone: ZoneTable, start: number): number | null {
  return rule.wild ? firstReal(rule, zone, start) : firstFixed(rule, zone, start);
}

/**
 * The first instant from `start` on at which the wall clock first shows a time of the rule or has just jumped over one.
 * So each time counts once: after a gap, and in the first pass of an overlap.
 */
function firstFixed(rule: WallClockRule, zone: ZoneTable, start: number): number | null {
  const before = start - 1_000;
  /** All times before this one were shown or jumped over before `start`. */
  let shown = start + zone.offsetAt(before);
  for (const change of zone.transitionsBetween(before - CAUGHT_UP_MS, before)) {
    shown = Math.max(shown, change.at + change.before);
  }
  for (;;) {
    const local = wallClockFrom(rule, shown);
    if (local === null) return null;
    const instant = firstShowing(zone, local);
    if (instant.jumped < SKIPPED_MS) return instant.at;
    shown = instant.local;
  }
}

/** When a wall clock first shows `local` or more; what it shows then, and how far it has just jumped. */
function firstShowing(zone: ZoneTable, local: number): { at: number; local: number; jumped: number } {
  let offset = zone.offsetAt(local - FURTHEST_MS);
  for (const { at, before, after } of zone.transitionsBetween(local - FURTHEST_MS, local + FURTHEST_MS)) {
    if (local < at + before) break;
    if (local < at + after) return { at, local: at + after, jumped: after - before };
    offset = after;
  }
  return { at: local - offset, local, jumped: 0 };
}

/** The first instant from `start` on at which the wall clock shows a time of the rule, however often it has before. */
function firstReal(rule: WallClockRule, zone: ZoneTable, start: number): number | null {
  let from = start;
  for (;;) {
    const offset = zone.offsetAt(from);
    const local = wallClockFrom(rule, from + offset);
    const until = from + CAUGHT_UP_MS;
    const change = zone.transitionsBetween(from, until)[0];
    if (change) {
      if (local !== null && local - offset < change.at) return local - offset;
      from = change.at;
    } else {
      if (local === null) return null;
      if (local - offset <= until) return local - offset;
      from = Math.max(until, local - FURTHEST_MS);
    }
  }
}
