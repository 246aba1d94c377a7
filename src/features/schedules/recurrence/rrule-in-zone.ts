import type { Next } from './rrule-count.ts';
import { instantOf, localOf, transitionsBetween } from './zone.ts';

/** No offset ever changed by more, and no two changes were so close. */
const LONGEST_CHANGE_MS = 86_400_000;

/**
 * The instants, in ms, of wall-clock times in a zone: one in a gap comes as late as by the offset before it, one in an
 * overlap in its first pass (RFC 5545 3.3.5). Two that fall together are one.
 */
export function instantsOfWalls(zone: string, nextWall: Next): Next {
  const next = (afterMs: number) => {
    const wall = nextWall(Math.floor(afterMs / 1000));
    return wall === null ? null : wall * 1000;
  };

  return (from) => {
    const found: number[] = [];
    let local = localOf(zone, from);
    for (const { at, before, after } of transitionsBetween(zone, from - LONGEST_CHANGE_MS, from)) {
      if (from - at >= Math.abs(after - before)) continue;
      // Just after a gap its walls are still to come; in an overlap's second pass all up to its end are past.
      const wall = after > before ? next(from + before) : null;
      if (wall !== null && wall < at + after) found.push(wall - before);
      if (after < before) local = at + before - 1;
    }
    const wall = next(local);
    if (wall !== null) {
      const instant = instantOf(zone, wall);
      found.push(instant);
      if (localOf(zone, instant) !== wall) found.push(...firstAfterGap(instant));
    }
    return found.length === 0 ? null : Math.min(...found);
  };

  /** Walls after a gap come before those late in it. */
  function firstAfterGap(instant: number): number[] {
    const gap = transitionsBetween(zone, instant - LONGEST_CHANGE_MS, instant).at(-1);
    const wall = gap ? next(gap.at + gap.after - 1) : null;
    return wall === null ? [] : [instantOf(zone, wall)];
  }
}
