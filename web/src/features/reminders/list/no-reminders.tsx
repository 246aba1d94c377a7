import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import BellPlus from 'lucide-react/icons/bell-plus';
import SearchX from 'lucide-react/icons/search-x';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { ReminderTab } from '../use-reminder-lists.ts';

interface NoRemindersProps {
  tab: ReminderTab;
  isSearch: boolean;
  onExample: (words: string) => void;
}

/** An empty tab, with an example that works. */
export function NoReminders({ tab, isSearch, onExample }: NoRemindersProps) {
  const { t } = useLingui();
  if (isSearch) {
    return (
      <EmptyState icon={<SearchX size={28} aria-hidden />} title={t`Nothing found`}>
        <Trans>No reminder here has all of these words.</Trans>
      </EmptyState>
    );
  }
  const empty = {
    upcoming: { title: t`Nothing is coming`, example: t`remind me to take a walk in 2 hours` },
    recurring: { title: t`Nothing repeats yet`, example: t`remind me to stretch every weekday at 11:00` },
    paused: { title: t`Nothing is paused`, example: undefined },
  }[tab];
  return (
    <EmptyState
      icon={<BellPlus size={28} aria-hidden />}
      title={empty.title}
      action={
        empty.example !== undefined && (
          <Button
            variant="light"
            h="auto"
            mih={36}
            classNames={{ label: 'wrapping-label' }}
            onClick={() => onExample(empty.example)}
          >
            <Trans>“{empty.example}”</Trans>
          </Button>
        )
      }
    >
      {tab === 'paused' ? (
        <Trans>Pause a reminder to keep it without hearing it; it waits here.</Trans>
      ) : (
        <Trans>Say it in your words above. For example:</Trans>
      )}
    </EmptyState>
  );
}
