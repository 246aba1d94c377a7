import { Paper, Text, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { FateBadge } from '../history/fate-badge.tsx';
import classes from '../history/history-list.module.css';
import { OccurrenceFacts } from '../history/occurrence-facts.tsx';
import { SayMissedButton } from '../history/say-missed-button.tsx';
import type { Reminder } from '../reminder.ts';
import { occurrencesOf } from './reminder-query.ts';

/** When it was due, and what became of it. */
export function OccurrencesOf({ reminder }: { reminder: Reminder }) {
  const list = useInfiniteQuery(occurrencesOf(reminder.id));
  return (
    <section aria-labelledby="occurrences">
      <Title order={2} size="h5" mb="xs" id="occurrences">
        <Trans>History</Trans>
      </Title>
      {list.error && !list.data && <Failure error={list.error} retry={() => void list.refetch()} />}
      {!list.error && !list.data && <ListSkeleton rows={2} height={48} />}
      {list.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>It has not come yet.</Trans>
        </Text>
      )}
      {list.data !== undefined && list.data.length > 0 && (
        <Paper withBorder component="ul" className={classes['rows'] ?? ''} aria-labelledby="occurrences">
          {list.data.map((occurrence) => (
            <li key={occurrence.id} className={classes['row']}>
              <div className={classes['words']}>
                <OccurrenceFacts occurrence={occurrence} />
                <SayMissedButton reminderId={reminder.id} occurrence={occurrence} />
              </div>
              <FateBadge fate={occurrence.fate} />
            </li>
          ))}
        </Paper>
      )}
      <LoadMore query={list} />
    </section>
  );
}
