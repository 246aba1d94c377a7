import type { upcoming } from '#features/schedules/contract.ts';
import { daysAfter } from '#web/features/schedules/wall-clock.ts';
import { dayOf } from '#web/ui/time/format-time.ts';
import type { TimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Wire } from '#web/lib/wire.ts';

export type Upcoming = Wire<typeof upcoming>;

/** What comes until tomorrow night in the user's zone; of what is sorted by time. */
export function untilTomorrowNight(
  items: readonly Upcoming[],
  settings: TimeSettings,
  now: number,
): Upcoming[] {
  const tomorrow = daysAfter(dayOf(now, settings), 1);
  return items.filter(({ next_fire_at }) => dayOf(next_fire_at, settings) <= tomorrow);
}
