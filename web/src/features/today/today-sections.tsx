import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNow } from '#web/lib/now.ts';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { AllQuiet } from './all-quiet.tsx';
import { NeedsYouSection } from './needs-you/needs-you-section.tsx';
import { useNeeding } from './needs-you/use-needing.ts';
import { untilTomorrowNight } from './next/coming.ts';
import { NextSection } from './next/next-section.tsx';
import { upcomingQuery } from './next/upcoming-query.ts';
import { TroubleSection } from './trouble/trouble-section.tsx';
import { useTroubles } from './trouble/use-troubles.ts';

/** What waits, what failed and what comes; or that there is nothing of it. */
export function TodaySections({ onExample }: { onExample: (words: string) => void }) {
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const upcoming = useQuery(upcomingQuery);
  const needing = useNeeding();
  const troubles = useTroubles();
  const error = upcoming.error ?? needing.query.error ?? troubles.error;
  const isPending = upcoming.isPending || needing.query.isPending || troubles.isPending;
  if (isPending && !error) return <ListSkeleton rows={3} height={64} />;

  const coming = untilTomorrowNight(upcoming.data ?? [], settings, now);
  const isQuiet = coming.length + needing.items.length + troubles.items.length === 0;
  const retry = () => {
    if (upcoming.isError) void upcoming.refetch();
    if (needing.query.isError) void needing.query.refetch();
    troubles.retry();
  };
  return (
    <Stack gap="xl">
      {error && <Failure error={error} retry={retry} />}
      {needing.items.length > 0 && (
        <NeedsYouSection items={needing.items} onRead={needing.read} onHandled={needing.handled} />
      )}
      {troubles.items.length > 0 && <TroubleSection items={troubles.items} />}
      {isQuiet ? !error && <AllQuiet onExample={onExample} /> : <NextSection items={coming} />}
    </Stack>
  );
}
