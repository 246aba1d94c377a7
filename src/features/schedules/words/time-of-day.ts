import { hourIn } from './half-of-day.ts';
import type { Clock } from './meaning.ts';
import type { Daypart } from './terms.ts';

/** When a day is named without a time. */
const DEFAULT_HOUR = 9;

const PART_HOURS: Record<Daypart, number> = { morning: 9, afternoon: 15, evening: 19, night: 20 };

/** The hour of "in the morning", "tonight" and the like when no clock time is said. */
export function defaultClock(part: Daypart | undefined): Clock {
  return { hour: part === undefined ? DEFAULT_HOUR : PART_HOURS[part], minute: 0, second: 0 };
}

/** A time with the part of the day that was said elsewhere; undefined when they contradict each other. */
export function inDaypart(clock: Clock, part: Daypart): Clock | undefined {
  if (clock.midnight) return part === 'night' ? clock : undefined;
  if (clock.bare || clock.dial) {
    const hour = hourIn(clock.hour, part);
    if (hour === undefined) return undefined;
    return {
      hour,
      minute: clock.minute,
      second: clock.second,
      ...(part === 'night' && hour === 0 ? { midnight: true } : {}),
    };
  }
  const fits: Record<Daypart, boolean> = {
    morning: clock.hour >= 3 && clock.hour <= 12,
    afternoon: clock.hour >= 12 && clock.hour <= 18,
    evening: clock.hour >= 16,
    night: clock.hour >= 17 || clock.hour <= 5,
  };
  return fits[part] ? clock : undefined;
}

/**
 * Hours 1 to 5 said bare for a day ("tomorrow at 3") could be either half of it: we ask. From 6 to 12
 * they are taken as they stand on the 24-hour clock.
 */
export function needsHalfOfDay(clock: Clock): boolean {
  return clock.bare === true && clock.hour <= 5;
}
