import { Box, Stack, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { groupByDay, nearDay } from '#web/features/schedules/day-groups.ts';
import { useNow } from '#web/lib/now.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { dayName, dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { ActivityEntryItem } from './activity-entry.tsx';
import type { ActivityFilter } from './filter.ts';
import { activityQuery } from './queries.ts';
import { ReachedEnd } from './reached-end.tsx';

/** What no live event tells, e.g. a sign-in elsewhere, appears a little later. */
const LOOK_AGAIN_MS = 20_000;

/** The log by day, newest first; it goes on as one scrolls. */
export function ActivityList({ filter }: { filter: ActivityFilter }) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const list = useInfiniteQuery({
    ...activityQuery(filter),
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? LOOK_AGAIN_MS : false),
  });
  if (list.isPending) return <ListSkeleton rows={6} height={64} />;
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (list.data.length === 0) {
    return (
      <EmptyState title={t`Nothing like this`}>
        <Trans>Set a reminder, for example, and it is written down here.</Trans>
      </EmptyState>
    );
  }
  const today = dayOf(now, settings);
  const near = { today: t`Today`, tomorrow: t`Tomorrow`, yesterday: t`Yesterday` };
  const nameOf = (day: string, instant: string) => {
    const name = nearDay(day, today);
    return name ? near[name] : dayName(instant, settings, now);
  };
  return (
    <Stack gap="lg">
      {groupByDay(list.data, ({ created_at }) => dayOf(created_at, settings)).map(({ day, items }) => (
        <Box key={day}>
          <Title order={2} size="h5" mb={4}>
            {nameOf(day, items[0]?.created_at ?? day)}
          </Title>
          <Stack component="ul" gap={0} m={0} p={0}>
            {items.map((entry) => (
              <ActivityEntryItem key={entry.id} entry={entry} />
            ))}
          </Stack>
        </Box>
      ))}
      <ReachedEnd query={list} />
    </Stack>
  );
}
