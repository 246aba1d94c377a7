import type { Next } from './rrule-count.ts';
import type { Walls } from './rrule-walls.ts';
import { offsetAt, transitionsBetween } from './zone.ts';

/** A time with one offset: from `from` up to, not including, `to`, both ms. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
}

const STRETCH_MS = 100 * 86_400_000;
/** Until here, 2030, all changes of offset are looked at: later ones come by a rule, the same ones every year. */
const IRREGULAR_UNTIL = 1_893_456_000_000;
/** More than a year. */
const ROUND_MS = 400 * 86_400_000;
/** How often a time is looked for that would come if the zone had summer time when it has not, and the other way round. */
const MOST_MISSES = 64;

/**
 * The instants, in ms, of a rule of hours, minutes or seconds, whose distances are elapsed time (RFC 5545 3.3.6) while
 * its conditions are of the wall clock. `wallsAt` gives its walls as they are while the zone is `offset` ms ahead.
 */
export function instantsOfElapsed(zone: string, wallsAt: (offset: number) => Walls): Next {
  let stretch: Stretch = { from: 0, to: 0, offset: 0 };
  const walls = new Map<number, Next>();

  /** The first instant from `from` on if the zone were always `offset` ahead. */
  function firstAt(offset: number, from: number): number {
    let next = walls.get(offset);
    if (!next) walls.set(offset, (next = remembering(wallsAt(offset))));
    const wall = next(Math.floor((from + offset - 1) / 1000));
    return wall === null ? Number.POSITIVE_INFINITY : wall * 1000 - offset;
  }

  function stretchFrom(instant: number): Stretch {
    if (instant >= stretch.from && instant < stretch.to) return stretch;
    const end = instant + STRETCH_MS;
    const change = transitionsBetween(zone, instant, end)[0];
    stretch = { from: instant, to: change?.at ?? end, offset: offsetAt(zone, instant) };
    return stretch;
  }

  /** The offsets of a year are all there are from here on, so only where one of them has an instant it is looked at. */
  function firstByRule(from: number): number | null {
    const changes = transitionsBetween(zone, from - ROUND_MS, from);
    const offsets = new Set([offsetAt(zone, from), ...changes.map((change) => change.before)]);
    const firsts = new Map([...offsets].map((offset) => [offset, firstAt(offset, from)]));
    for (let miss = 0; miss < MOST_MISSES; miss++) {
      const first = Math.min(...firsts.values());
      if (first === Number.POSITIVE_INFINITY) return null;
      const { offset, to } = stretchFrom(first);
      if (firsts.get(offset) === first) return first;
      for (const other of offsets) {
        if (firsts.get(other) === first) firsts.set(other, firstAt(other, to));
      }
    }
    return null;
  }

  return (after) => {
    let from = after + 1;
    const end = Math.max(from, IRREGULAR_UNTIL) + ROUND_MS;
    while (from < end) {
      const { offset, to } = stretchFrom(from);
      const first = firstAt(offset, from);
      if (first < to) return first;
      from = to;
    }
    return firstByRule(from);
  };
}

/** Answers again without a search between what was asked for last and the answer. */
function remembering(walls: Walls): Next {
  let asked = 0;
  let answer: number | null = Number.NEGATIVE_INFINITY;
  return (wall) => {
    if (wall < asked || (answer !== null && wall >= answer)) {
      answer = walls.next(wall);
      asked = wall;
    }
    return answer;
  };
}
