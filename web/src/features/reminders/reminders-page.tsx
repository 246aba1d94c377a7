import { Tabs, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import Search from 'lucide-react/icons/search';
import { lazy, Suspense, useState } from 'react';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Page } from '#web/ui/page.tsx';
import { NewReminder } from './create/new-reminder.tsx';
import { ReminderList } from './list/reminder-list.tsx';
import { isTab, type Tab } from './tab.ts';
import classes from './reminders-page.module.css';

const HistoryList = lazy(async () => ({ default: (await import('./history/history-list.tsx')).HistoryList }));

const TYPING_MS = 250;

/** All reminders: set one, see what comes, what repeats, what is paused and what was. */
export function RemindersPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { tab: asked } = useSearch({ strict: false });
  const tab: Tab = isTab(asked) ? asked : 'upcoming';
  const [words, setWords] = useState('');
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, TYPING_MS);

  function open(next: string | null): void {
    if (isTab(next))
      void navigate({ to: '/reminders', search: next === 'upcoming' ? {} : { tab: next }, replace: true });
  }
  function tryExample(example: string): void {
    setWords(example);
    document.querySelector<HTMLInputElement>('[data-words]')?.focus();
  }

  return (
    <Page title={t`Reminders`}>
      <NewReminder words={words} onWords={setWords} />
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="md" className={classes['tabs'] ?? ''} aria-label={t`Which reminders`}>
          <Tabs.Tab value="upcoming">
            <Trans>Upcoming</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="recurring">
            <Trans>Recurring</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="paused">
            <Trans>Paused</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="history">
            <Trans>History</Trans>
          </Tabs.Tab>
        </Tabs.List>
        {tab !== 'history' && (
          <TextInput
            type="search"
            mb="md"
            aria-label={t`Search these reminders`}
            placeholder={t`Search`}
            leftSection={<Search size={16} aria-hidden />}
            maxLength={200}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        )}
        <Tabs.Panel value={tab}>
          {tab === 'history' ? (
            <Suspense fallback={<ListSkeleton height={64} />}>
              <HistoryList />
            </Suspense>
          ) : (
            <ReminderList tab={tab} search={settled} onExample={tryExample} />
          )}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
