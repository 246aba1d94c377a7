import { queryOptions } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import type { Page } from '#web/lib/wire.ts';
import type { ErrorEntry, FailedOccurrence, ParkedJob } from './troubles.ts';

const MOST = 10;
const JOBS_REFRESH_MS = 60_000;

async function items<T>(
  path: string,
  query: Record<string, string | number>,
  signal: AbortSignal,
): Promise<T[]> {
  const page = await api.get<Page<T>>(path, { query: { ...query, limit: MOST }, signal });
  return page.items;
}

/** Reminders that were missed or failed since. */
export function failedOccurrencesQuery(from: string) {
  return queryOptions({
    queryKey: ['occurrences', 'failed', from],
    queryFn: async ({ signal }) =>
      await items<FailedOccurrence>('/api/occurrences', { fate: 'failed,missed', from }, signal),
  });
}

/** What else failed since, e.g. a reply. */
export function errorEntriesQuery(from: string) {
  return queryOptions({
    queryKey: ['activity', 'errors', from],
    queryFn: async ({ signal }) => await items<ErrorEntry>('/api/activity', { level: 'error', from }, signal),
  });
}

/** Work that was given up: an admin's to look at. */
export const parkedJobsQuery = queryOptions({
  queryKey: ['jobs', 'parked'],
  queryFn: async ({ signal }) => await items<ParkedJob>('/api/jobs', { status: 'parked' }, signal),
  refetchInterval: JOBS_REFRESH_MS,
});
