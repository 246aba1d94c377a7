import type { OffsetSource } from './zone-offsets.ts';

/** A change of a zone's offset: from `at` on, ms since 1970, it is `after` ms ahead of UTC, until then `before`. */
export interface Transition {
  at: number;
  before: number;
  after: number;
}

/** One zone's offsets; what each does is said in zone.ts. */
export interface ZoneTable {
  offsetAt(instantMs: number): number;
  instantOf(localMs: number): number;
  transitionsBetween(fromMs: number, toMs: number): Transition[];
}

/** What is known of a zone for one window: the offset at its start, and the changes after that up to its end. */
interface Window {
  offset: number;
  changes: Transition[];
}

/** 99 days. */
const WINDOW_MS = 2 ** 33;
/** A change and its reversal within a day would be missed; the closest there ever were are a week apart. */
const SAMPLE_MS = 86_400_000;
/** Thirty-odd years. */
const MOST_WINDOWS = 128;
/** No zone was ever further than this from UTC; Manila came closest, 15:56 behind. */
const FURTHEST_MS = 16 * 3_600_000;

/**
 * Computes windows as they are asked for and forgets the oldest.
 * @throws RangeError for a zone the source doesn't know
 */
export function createZoneTable(zone: string, source: OffsetSource): ZoneTable {
  source(zone, 0);
  const windows = new Map<number, Window>();

  /** Adds the changes in (low, high], whose offsets differ, by halving the span down to a second. */
  function narrow(low: number, before: number, high: number, after: number, changes: Transition[]): void {
    if (high - low <= 1_000) {
      changes.push({ at: high, before, after });
      return;
    }
    const middle = low + Math.floor((high - low) / 2_000) * 1_000;
    const between = source(zone, middle);
    if (between !== before) narrow(low, before, middle, between, changes);
    if (between !== after) narrow(middle, between, high, after, changes);
  }

  function compute(index: number): Window {
    const start = index * WINDOW_MS;
    const end = start + WINDOW_MS;
    const offset = source(zone, start);
    const changes: Transition[] = [];
    // Offsets change at whole seconds, windows don't begin at any: a start within a second is that second's.
    let low = Math.floor(start / 1_000) * 1_000;
    let before = offset;
    const last = Math.floor(end / 1_000) * 1_000;
    while (low < last) {
      const high = Math.min(low + SAMPLE_MS, last);
      const after = source(zone, high);
      if (after !== before) narrow(low, before, high, after, changes);
      low = high;
      before = after;
    }
    return { offset, changes };
  }

  function windowAt(index: number): Window {
    const known = windows.get(index);
    if (known) return known;
    const made = compute(index);
    const oldest = windows.keys().next().value;
    if (windows.size >= MOST_WINDOWS && oldest !== undefined) windows.delete(oldest);
    windows.set(index, made);
    return made;
  }

  function offsetAt(instantMs: number): number {
    const { offset, changes } = windowAt(Math.floor(instantMs / WINDOW_MS));
    let ahead = offset;
    for (const change of changes) {
      if (change.at > instantMs) break;
      ahead = change.after;
    }
    return ahead;
  }

  function transitionsBetween(fromMs: number, toMs: number): Transition[] {
    const found: Transition[] = [];
    const last = Math.floor(toMs / WINDOW_MS);
    for (let index = Math.floor(fromMs / WINDOW_MS); index <= last; index += 1) {
      for (const change of windowAt(index).changes) {
        if (change.at > fromMs && change.at <= toMs) found.push(change);
      }
    }
    return found;
  }

  function instantOf(localMs: number): number {
    let since = localMs - FURTHEST_MS;
    let offset = offsetAt(since);
    let inGap: number | undefined;
    for (const { at, before, after } of transitionsBetween(since, localMs + FURTHEST_MS)) {
      if (localMs - before >= since && localMs - before < at) return localMs - before;
      if (localMs >= at + before && localMs < at + after) inGap ??= localMs - before;
      since = at;
      offset = after;
    }
    return localMs - offset >= since ? localMs - offset : (inGap ?? localMs - offset);
  }

  return { offsetAt, instantOf, transitionsBetween };
}
