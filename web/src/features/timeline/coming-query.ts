import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { dayStart } from '#web/features/schedules/day-start.ts';
import { daysAfter } from '#web/features/schedules/wall-clock.ts';
import { paged } from '#web/lib/paged.ts';

/** How far one can look ahead: what comes every other year is in it. */
const HORIZON_DAYS = 3 * 366;

interface ComingFrom {
  /** `2026-11-30` in the zone */
  first: string;
  /** Whether that is today: then what is overdue is in it. */
  isToday: boolean;
  timezone: string;
}

/** Every time of everything that will fire, soonest first. */
export function comingQuery({ first, isToday, timezone }: ComingFrom) {
  const startOf = (day: string) => new Date(dayStart(day, timezone)).toISOString();
  return paged<Upcoming>({
    queryKey: ['schedules', 'timeline', first, isToday, timezone],
    path: '/api/schedules',
    query: { until: startOf(daysAfter(first, HORIZON_DAYS)), ...(!isToday && { from: startOf(first) }) },
    limit: 200,
  });
}
