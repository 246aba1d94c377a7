import { CALENDAR_CYCLE_DAYS, DAY_S, greatestCommonDivisor, LAST_SECOND, modulo } from './rrule-calendar.ts';
import type { MatchingDays } from './rrule-days.ts';
import type { Times } from './rrule-times.ts';
import type { Walls } from './rrule-walls.ts';

/** Days, hours, minutes or seconds at even distances, of which only those count that meet conditions. */
interface GridRule {
  /** Its wall: nothing comes before it. */
  start: number;
  /** The wall that the first period begins with, at most `start`. */
  anchor: number;
  /** Seconds from one period to the next. */
  stride: number;
  /** The days that periods may begin on. */
  days: MatchingDays;
  /** The times of day that periods may begin at. */
  limits: Times;
  /** What comes in a period, in seconds since its beginning. */
  offsets: Times;
}

/** Times of day of which it is remembered that nothing comes of them. */
const MOST_BARREN = 1_000;

/** Every so many days, hours, minutes or seconds, what comes in each that meets the conditions. */
export function wallsOfGrid(rule: GridRule): Walls {
  const { start, anchor, stride, days, limits, offsets } = rule;
  /** Times of day from which on no point of the grid meets the limits that day. */
  const barren = new Set<number>();
  const cycle =
    (CALENDAR_CYCLE_DAYS * DAY_S * stride) / greatestCommonDivisor(stride, CALENDAR_CYCLE_DAYS * DAY_S);
  let steps = 0;
  let meetsLimits: boolean | null = null;

  const onGrid = (wall: number) => anchor + Math.ceil((wall - anchor) / stride) * stride;

  /** Whether any time of day that the grid ever falls on is within the limits. */
  function everMeetsLimits(): boolean {
    const step = greatestCommonDivisor(stride, DAY_S);
    const rest = modulo(anchor, step);
    let time = rest;
    while (time < DAY_S) {
      steps += 1;
      const allowed = limits.firstFrom(time);
      if (allowed === null) return false;
      time = rest + Math.ceil((allowed - rest) / step) * step;
      if (time === allowed) return true;
    }
    return false;
  }

  /** The first grid point from `point` on before `end` within the limits, or the first from `end` on. */
  function firstInDay(point: number, dayStart: number): number {
    const end = dayStart + DAY_S;
    const phase = point - dayStart;
    if (barren.has(phase)) return onGrid(end);
    let at = point;
    while (at < end) {
      steps += 1;
      const allowed = limits.firstFrom(at - dayStart);
      if (allowed === at - dayStart) return at;
      at = onGrid(allowed === null ? end : dayStart + allowed);
    }
    if (barren.size < MOST_BARREN) barren.add(phase);
    return at;
  }

  /** The first grid point from `from` on that meets all conditions. */
  function firstPoint(from: number): number | null {
    meetsLimits ??= everMeetsLimits();
    if (!meetsLimits) return null;
    const end = Math.min(LAST_SECOND, from + cycle);
    let point = onGrid(from);
    while (point <= end) {
      steps += 1;
      const today = Math.floor(point / DAY_S);
      const day = days.firstFrom(today);
      if (day === null) return null;
      if (day > today) point = onGrid(day * DAY_S);
      const dayEnd = (day + 1) * DAY_S;
      if (point >= dayEnd) continue;
      point = firstInDay(point, day * DAY_S);
      if (point < dayEnd) return point <= LAST_SECOND ? point : null;
    }
    return null;
  }

  function firstFrom(from: number): number | null {
    if (offsets.count === 0) return null;
    // The period that `from` lies in may have more to come.
    const current = anchor + Math.floor((from - anchor) / stride) * stride;
    const rest = offsets.firstFrom(from - current);
    if (rest !== null && isPoint(current)) return current + rest;
    const point = firstPoint(current + (from === current ? 0 : stride));
    return point === null ? null : point + offsets.at(0);
  }

  function isPoint(wall: number): boolean {
    const day = Math.floor(wall / DAY_S);
    return days.firstFrom(day) === day && limits.firstFrom(wall - day * DAY_S) === wall - day * DAY_S;
  }

  return {
    next(wall) {
      const found = firstFrom(Math.max(wall + 1, start));
      return found !== null && found <= LAST_SECOND ? found : null;
    },
    get steps() {
      return steps;
    },
  };
}
