import { Anchor, Skeleton, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import BellOff from 'lucide-react/icons/bell-off';
import { Problem } from '#web/lib/problem.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { Page } from '#web/ui/page.tsx';
import { OccurrencesOf } from './detail/occurrences-of.tsx';
import { ReminderActions } from './detail/reminder-actions.tsx';
import { ReminderFacts } from './detail/reminder-facts.tsx';
import { reminderQuery } from './detail/reminder-query.ts';
import { nameOf } from './reminder.ts';

/** Everything about one reminder. */
export function ReminderPage() {
  const { t } = useLingui();
  const { reminderId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(reminderQuery(reminderId));
  const isGone = error instanceof Problem && (error.status === 404 || error.status === 422);
  return (
    <Page title={data && !isGone ? nameOf(data) : t`Reminder`}>
      <Stack gap="lg">
        <Anchor component={Link} to="/reminders" size="sm">
          <Trans>All reminders</Trans>
        </Anchor>
        {isGone ? (
          <EmptyState icon={<BellOff size={28} aria-hidden />} title={t`This reminder is not there`}>
            <Trans>It may have been deleted.</Trans>
          </EmptyState>
        ) : data ? (
          <>
            <ReminderActions reminder={data} />
            <ReminderFacts reminder={data} />
            <OccurrencesOf reminder={data} />
          </>
        ) : error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : (
          <Stack aria-hidden="true">
            <Skeleton height={36} width="60%" />
            <Skeleton height={180} />
          </Stack>
        )}
      </Stack>
    </Page>
  );
}
