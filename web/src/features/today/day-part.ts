import { wallClock } from '#web/features/schedules/wall-clock.ts';

export type DayPart = 'night' | 'morning' | 'afternoon' | 'evening';

/** Which part of the day it is in the zone. */
export function dayPart(now: number, timezone: string): DayPart {
  const { time } = wallClock(now, timezone);
  if (time < '05:00') return 'night';
  if (time < '12:00') return 'morning';
  return time < '18:00' ? 'afternoon' : 'evening';
}
