import {
  CALENDAR_CYCLE_DAYS,
  DAY_S,
  firstDayOf,
  greatestCommonDivisor,
  LAST_SECOND,
  modulo,
  monthOf,
  monthStarts,
  weekdayOf,
  yearOf,
} from './rrule-calendar.ts';
import type { MatchingDays } from './rrule-days.ts';
import { chosenPositions } from './rrule-set-positions.ts';
import type { Times } from './rrule-times.ts';
import type { Walls } from './rrule-walls.ts';

/** Weeks, months or years in which a rule has its days and times. */
interface PeriodRule {
  freq: 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  /** Its wall; the first period is the one that it lies in. */
  start: number;
  days: MatchingDays;
  times: Times;
  bysetpos: readonly number[];
  weekStart: number;
}

/** Every so many periods, of each its matching days at the given times. */
export function wallsOfPeriods(rule: PeriodRule): Walls {
  const { interval, start, days, times, bysetpos } = rule;
  const calendar = calendarOf(rule.freq, rule.weekStart);
  const first = calendar.periodOf(Math.floor(start / DAY_S));
  /** Periods looked at after which all looks the same again. */
  const cycle = calendar.cycle / greatestCommonDivisor(interval, calendar.cycle);
  let steps = 0;
  let known: { period: number; days: number[] } | null = null;

  function daysOf(period: number): number[] {
    if (known?.period === period) return known.days;
    steps += 1;
    known = { period, days: days.between(calendar.firstDay(period), calendar.firstDay(period + 1)) };
    return known.days;
  }

  function wallAt(found: readonly number[], position: number): number {
    return (found[Math.floor(position / times.count)] ?? 0) * DAY_S + times.at(position % times.count);
  }

  function firstOf(period: number, from: number): number | null {
    const found = daysOf(period);
    if (bysetpos.length > 0) {
      const chosen = chosenPositions(bysetpos, found.length * times.count);
      const position = chosen.find((position) => wallAt(found, position) >= from);
      return position === undefined ? null : wallAt(found, position);
    }
    const today = Math.floor(from / DAY_S);
    for (const day of found) {
      const time = day < today ? null : times.firstFrom(day === today ? from - day * DAY_S : 0);
      if (time !== null) return day * DAY_S + time;
    }
    return null;
  }

  return {
    next(wall) {
      const from = Math.max(wall + 1, start);
      const since = Math.floor((calendar.periodOf(Math.floor(from / DAY_S)) - first) / interval);
      for (let turn = since; turn <= since + cycle; turn++) {
        const period = first + turn * interval;
        if (calendar.firstDay(period) * DAY_S > LAST_SECOND) return null;
        const found = firstOf(period, from);
        if (found !== null) return found;
      }
      return null;
    },
    get steps() {
      return steps;
    },
  };
}

interface Calendar {
  periodOf(day: number): number;
  firstDay(period: number): number;
  /** After so many periods the calendar is the same again. */
  cycle: number;
}

function calendarOf(freq: PeriodRule['freq'], weekStart: number): Calendar {
  if (freq === 'YEARLY') return { periodOf: yearOf, firstDay: firstDayOf, cycle: 400 };
  if (freq === 'MONTHLY') {
    return {
      periodOf: (day) => yearOf(day) * 12 + monthOf(yearOf(day), day - firstDayOf(yearOf(day))),
      firstDay(month) {
        const year = Math.floor(month / 12);
        return firstDayOf(year) + (monthStarts(year)[modulo(month, 12)] ?? 0);
      },
      cycle: 4800,
    };
  }
  const firstStart = -modulo(weekdayOf(0) - weekStart, 7);
  return {
    periodOf: (day) => Math.floor((day - firstStart) / 7),
    firstDay: (week) => firstStart + week * 7,
    cycle: CALENDAR_CYCLE_DAYS / 7,
  };
}
