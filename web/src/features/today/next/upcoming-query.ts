import { queryOptions } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import type { Page } from '#web/lib/wire.ts';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';

/** More than one looks through on this page. */
const MOST = 30;

/** Soonest first. */
export const upcomingQuery = queryOptions({
  queryKey: ['schedules', 'upcoming'],
  queryFn: async ({ signal }) => {
    const page = await api.get<Page<Upcoming>>('/api/schedules', { query: { limit: MOST }, signal });
    return page.items;
  },
});
