import { Chip, Group, Paper } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import History from 'lucide-react/icons/history';
import { useState } from 'react';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { useHistory, type Fate } from '../use-reminder-lists.ts';
import { FateBadge, useFateNames } from './fate-badge.tsx';
import { OccurrenceFacts } from './occurrence-facts.tsx';
import { SayMissedButton } from './say-missed-button.tsx';
import classes from './history-list.module.css';

const fates: readonly Fate[] = ['delivered', 'fired', 'missed', 'failed', 'skipped'];

/** What came of all reminders, the latest first, by what became of it. */
export function HistoryList() {
  const { t } = useLingui();
  const names = useFateNames();
  const [chosen, setChosen] = useState<Fate[]>([]);
  return (
    <>
      <Group gap={6} mb="md" role="group" aria-label={t`Show only`}>
        <Chip.Group multiple value={chosen} onChange={setChosen}>
          {fates.map((fate) => (
            <Chip key={fate} value={fate} size="sm">
              {names[fate]}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      <Occurrences fates={chosen} />
    </>
  );
}

function Occurrences({ fates: chosen }: { fates: readonly Fate[] }) {
  const { t } = useLingui();
  const list = useHistory(chosen);
  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <ListSkeleton height={64} />;
  if (list.data.length === 0) {
    return (
      <EmptyState icon={<History size={28} aria-hidden />} title={t`Nothing here yet`}>
        {chosen.length === 0 ? (
          <Trans>What your reminders did is written down here: when each was due, and when it came.</Trans>
        ) : (
          <Trans>No reminder ended like this.</Trans>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <Paper withBorder component="ul" className={classes['rows'] ?? ''} aria-label={t`History`}>
        {list.data.map((occurrence) => (
          <li key={occurrence.id} className={classes['row']}>
            <div className={classes['words']}>
              <Link
                to="/reminders/$reminderId"
                params={{ reminderId: occurrence.reminder_id }}
                className={classes['link'] ?? ''}
              >
                {occurrence.title ?? occurrence.text}
              </Link>
              <OccurrenceFacts occurrence={occurrence} />
              <SayMissedButton reminderId={occurrence.reminder_id} occurrence={occurrence} />
            </div>
            <FateBadge fate={occurrence.fate} />
          </li>
        ))}
      </Paper>
      <LoadMore query={list} />
    </>
  );
}
