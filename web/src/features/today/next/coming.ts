import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { daysAfter } from '#web/features/schedules/wall-clock.ts';
import { dayOf } from '#web/ui/time/format-time.ts';
import type { TimeSettings } from '#web/ui/time/time-zone.tsx';

/** What comes until tomorrow night in the user's zone; of what is sorted by time. */
export function untilTomorrowNight(
  items: readonly Upcoming[],
  settings: TimeSettings,
  now: number,
): Upcoming[] {
  const tomorrow = daysAfter(dayOf(now, settings), 1);
  return items.filter(({ next_fire_at }) => dayOf(next_fire_at, settings) <= tomorrow);
}
