import { daysAfter, wallClock } from '#web/features/schedules/wall-clock.ts';

export type SnoozeChoice =
  | { minutes: number }
  /** On the user's clock: the server knows which instant that is. */
  | { local_time: string };

export const snoozeMinutes = [10, 60] as const;

/** Nine in the morning of the day after the user's today. */
export function tomorrowMorning(now: number, timezone: string): { local_time: string } {
  return { local_time: `${daysAfter(wallClock(now, timezone).date, 1)}T09:00` };
}
