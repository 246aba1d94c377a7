import type { activityEntry } from '#features/activity/contract.ts';
import { paged } from '#web/lib/paged.ts';
import type { Wire } from '#web/lib/wire.ts';
import type { ActivityFilter } from './filter.ts';

export type ActivityEntry = Wire<typeof activityEntry>;

/** Newest first. */
export function activityQuery(filter: ActivityFilter) {
  return paged<ActivityEntry>({
    queryKey: ['activity', 'list', filter],
    path: '/api/activity',
    query: { ...filter },
  });
}
