import type { Occurrence } from '#web/features/reminders/use-reminder-lists.ts';
import { dayStart } from '#web/features/schedules/day-start.ts';
import { paged } from '#web/lib/paged.ts';

/** What was due on a day and since, the latest first. */
export function pastQuery(day: string, timezone: string) {
  return paged<Occurrence>({
    queryKey: ['occurrences', 'timeline', day, timezone],
    path: '/api/occurrences',
    query: { from: new Date(dayStart(day, timezone)).toISOString() },
    limit: 100,
  });
}
