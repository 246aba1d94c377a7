import { useQuery } from '@tanstack/react-query';
import { useMe } from '#web/features/users/me.ts';
import { useNow } from '#web/lib/now.ts';
import { useDismissed } from './dismissed.ts';
import { errorEntriesQuery, failedOccurrencesQuery, parkedJobsQuery } from './queries.ts';
import { troublesOf } from './troubles.ts';

const HOUR_MS = 3_600_000;
const LOOKED_BACK_MS = 72 * HOUR_MS;

/** What went wrong in the last days. */
export function useTroubles() {
  const isAdmin = useMe().role === 'admin';
  const from = new Date(useNow(HOUR_MS) - LOOKED_BACK_MS).toISOString();
  const occurrences = useQuery(failedOccurrencesQuery(from));
  const entries = useQuery(errorEntriesQuery(from));
  const jobs = useQuery({ ...parkedJobsQuery, enabled: isAdmin });
  const dismissed = useDismissed();
  return {
    isPending: occurrences.isPending || entries.isPending || (isAdmin && jobs.isPending),
    error: occurrences.error ?? entries.error ?? jobs.error,
    retry: () => {
      for (const query of [occurrences, entries, ...(isAdmin ? [jobs] : [])]) {
        if (query.isError) void query.refetch();
      }
    },
    items: troublesOf({
      occurrences: occurrences.data ?? [],
      entries: entries.data ?? [],
      jobs: (isAdmin && jobs.data) || [],
      dismissed,
    }),
  };
}
