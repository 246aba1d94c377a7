import type { RruleRule } from '../recurrence/rrule-rule.ts';
import { numbersBetween, sorted } from './describe-numbers.ts';
import type { TimeSet } from './describe-times.ts';

/** How often a rule comes, and at which times. */
export type RruleTimes =
  /** At these times of its days. */
  | { type: 'clock'; times: TimeSet }
  /** Every so many hours, minutes or seconds since its start. */
  | {
      type: 'elapsed';
      unit: 'hour' | 'minute' | 'second';
      /** What comes in each such hour or minute, where it is more than once. */
      within?: TimeSet;
      /** The times of day that count. */
      limit?: TimeSet;
    };

const HOURS = numbersBetween(0, 23);
const SIXTY = numbersBetween(0, 59);
const UNITS = { HOURLY: 'hour', MINUTELY: 'minute', SECONDLY: 'second' } as const;

/**
 * The times of a rule's days.
 *
 * @param start the wall clock that it starts at, in seconds since midnight: what it says where the rule names no time
 */
export function timesOfRrule(rule: RruleRule, start: number): RruleTimes {
  const { freq, interval } = rule;
  const isOf = (...frequencies: readonly RruleRule['freq'][]) => frequencies.includes(freq);
  const listed = (given: readonly number[], otherwise: readonly number[]) =>
    given.length > 0 ? sorted(given) : otherwise;
  const bysecond = rule.bysecond.filter((second) => second < 60);

  const isSubDaily = isOf('HOURLY', 'MINUTELY', 'SECONDLY');
  const hours = listed(rule.byhour, isSubDaily ? HOURS : [Math.floor(start / 3600)]);
  const minutes = listed(rule.byminute, isOf('MINUTELY', 'SECONDLY') ? SIXTY : [Math.floor(start / 60) % 60]);
  const seconds = listed(bysecond, isOf('SECONDLY') ? SIXTY : [start % 60]);
  if (!isSubDaily || interval === 1) return { type: 'clock', times: { hours, minutes, seconds } };

  const unit = UNITS[freq as keyof typeof UNITS];
  const within: TimeSet = { hours: HOURS, minutes: unit === 'hour' ? minutes : SIXTY, seconds };
  const limit: TimeSet = {
    hours,
    minutes: unit === 'hour' ? SIXTY : minutes,
    seconds: unit === 'second' ? seconds : SIXTY,
  };
  const isLimited = limit.hours.length < 24 || limit.minutes.length < 60 || limit.seconds.length < 60;
  const isSeveral = unit !== 'second' && (unit === 'hour' ? minutes.length : 1) * seconds.length > 1;
  return { type: 'elapsed', unit, ...(isSeveral && { within }), ...(isLimited && { limit }) };
}
