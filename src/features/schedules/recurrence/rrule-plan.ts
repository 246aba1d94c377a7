import { DAY_S, monthOf, firstDayOf, weekdayOf, yearOf, monthStarts } from './rrule-calendar.ts';
import { matchingDays, type DayConditions } from './rrule-days.ts';
import { wallsOfGrid } from './rrule-grid.ts';
import { wallsOfPeriods } from './rrule-periods.ts';
import { WEEKDAYS, type RruleRule } from './rrule-rule.ts';
import { chosenPositions } from './rrule-set-positions.ts';
import { clockTimes, listedTimes, type Times } from './rrule-times.ts';
import type { Walls } from './rrule-walls.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const HOURS = upTo(24);
const MINUTES = upTo(60);
const SECONDS = upTo(60);

/**
 * The walls of a rule from its start on, COUNT and UNTIL aside (RFC 5545 3.3.10). `start` is its wall. `shift` is how
 * much further ahead the zone is than it was at the start, in seconds: elapsed hours, minutes and seconds lie so much
 * later on the clock then.
 */
export function wallsOfRule(rule: RruleRule, start: number, shift = 0): Walls {
  const { freq, interval, bysetpos } = rule;
  const days = matchingDays(dayConditions(rule, Math.floor(start / DAY_S)));
  const weekStart = WEEKDAYS.indexOf(rule.wkst);
  const second = or(
    rule.bysecond.filter((value) => value < 60),
    [start % 60],
  );
  const minute = or(rule.byminute, [Math.floor(start / 60) % 60]);
  const hour = or(rule.byhour, [Math.floor(start / 3600) % 24]);

  if (freq === 'WEEKLY' || freq === 'MONTHLY' || freq === 'YEARLY') {
    const times = clockTimes(hour, minute, second);
    return wallsOfPeriods({ freq, interval, start, days, times, bysetpos, weekStart });
  }

  const grid = (period: number, unit: number, limits: Times, offsets: Times) =>
    wallsOfGrid({
      start: start + shift,
      anchor: floorTo(start + shift, unit),
      stride: interval * period,
      days,
      limits,
      offsets: chosen(offsets, bysetpos),
    });
  if (freq === 'DAILY')
    return grid(DAY_S, DAY_S, clockTimes([0], [0], [0]), clockTimes(hour, minute, second));

  // What is not said of an hour or minute is where the start lies in it, in elapsed time, as the distance between them is.
  const hours = or(rule.byhour, HOURS);
  const seconds = rule.bysecond.length > 0;
  if (freq === 'HOURLY') {
    const limits = clockTimes(hours, MINUTES, SECONDS);
    if (rule.byminute.length > 0) return grid(3600, 3600, limits, clockTimes([0], minute, second));
    return grid(3600, seconds ? 60 : 1, limits, clockTimes([0], [0], seconds ? second : [0]));
  }
  const minutes = or(rule.byminute, MINUTES);
  if (freq === 'MINUTELY') {
    const limits = clockTimes(hours, minutes, SECONDS);
    return grid(60, seconds ? 60 : 1, limits, clockTimes([0], [0], seconds ? second : [0]));
  }
  return grid(1, 1, clockTimes(hours, minutes, seconds ? second : SECONDS), listedTimes([0]));
}

function or(given: readonly number[], otherwise: readonly number[]): readonly number[] {
  return given.length > 0 ? given : otherwise;
}

function floorTo(wall: number, unit: number): number {
  return Math.floor(wall / unit) * unit;
}

function chosen(times: Times, bysetpos: readonly number[]): Times {
  if (bysetpos.length === 0) return times;
  return listedTimes(chosenPositions(bysetpos, times.count).map((position) => times.at(position)));
}

/** What the start says where the rule names no day. */
function dayConditions(rule: RruleRule, startDay: number): DayConditions {
  const { freq, byweekno, byyearday } = rule;
  const byday = rule.byday.map(({ weekday, nth }) => ({ weekday: WEEKDAYS.indexOf(weekday), nth }));
  const given = {
    bymonth: rule.bymonth,
    byweekno,
    byyearday,
    bymonthday: rule.bymonthday,
    byday,
    nthOf: freq === 'MONTHLY' || rule.bymonth.length > 0 ? 'month' : 'year',
    weekStart: WEEKDAYS.indexOf(rule.wkst),
  } as const;
  if ([byweekno, byyearday, given.bymonthday, byday].some((list) => list.length > 0)) return given;

  const year = yearOf(startDay);
  const dayOfYear = startDay - firstDayOf(year);
  const month = monthOf(year, dayOfYear);
  const bymonthday = [dayOfYear - (monthStarts(year)[month] ?? 0) + 1];
  if (freq === 'YEARLY') return { ...given, bymonthday, bymonth: or(given.bymonth, [month + 1]) };
  if (freq === 'MONTHLY') return { ...given, bymonthday };
  if (freq === 'WEEKLY') return { ...given, byday: [{ weekday: weekdayOf(startDay), nth: null }] };
  return given;
}
