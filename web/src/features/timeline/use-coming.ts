import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { comingQuery } from './coming-query.ts';

/** More are loaded only when they are asked for: one that comes each minute has as many in a day and a half. */
const AT_ONCE = 2_000;

export interface Coming {
  /** `2026-11-30` in the user's zone */
  day: string;
  item: Upcoming;
}

/** What comes from a day on; loads as much as is needed up to `end`, a day that is not shown any more. */
export function useComing({ first, isToday, end }: { first: string; isToday: boolean; end: string }) {
  const settings = useTimeSettings();
  const [most, setMost] = useState(AT_ONCE);
  const list = useInfiniteQuery(comingQuery({ first, isToday, timezone: settings.timezone }));
  const { data, hasNextPage, isFetching, error, fetchNextPage } = list;
  const coming = useMemo(
    () => data?.map((item): Coming => ({ item, day: dayOf(item.next_fire_at, settings) })),
    [data, settings],
  );
  /** Whether there is more before the end. */
  const goesOn = hasNextPage && (coming?.at(-1)?.day ?? '') < end;
  const isLoading = goesOn && (coming?.length ?? 0) < most;
  useEffect(() => {
    if (isLoading && !isFetching && !error) void fetchNextPage();
  }, [isLoading, isFetching, error, fetchNextPage]);
  return {
    coming,
    error,
    retry: () => void (data === undefined ? list.refetch() : fetchNextPage()),
    goesOn,
    isLoading,
    loadMore: () => setMost((coming?.length ?? 0) + AT_ONCE),
  };
}
