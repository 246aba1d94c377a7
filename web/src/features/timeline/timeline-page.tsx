import { Group, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { useSearch } from '@tanstack/react-router';
import Search from 'lucide-react/icons/search';
import { useState } from 'react';
import { useNow } from '#web/lib/now.ts';
import { Page } from '#web/ui/page.tsx';
import { dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { askedDay } from './asked-day.ts';
import { Jump } from './jump.tsx';
import { Timeline } from './timeline.tsx';

const TYPING_MS = 150;

/** Everything that will come, by days, and what of today has come already. */
export function TimelinePage() {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const today = dayOf(useNow(60_000), settings);
  const { day } = useSearch({ strict: false });
  const first = askedDay(day, today);
  const [search, setSearch] = useState('');
  const [words] = useDebouncedValue(search.trim(), TYPING_MS);
  return (
    <Page title={t`Timeline`}>
      <Group mb="lg" gap="xs">
        <TextInput
          type="search"
          flex="1 1 12rem"
          aria-label={t`Search what comes`}
          placeholder={t`Search`}
          leftSection={<Search size={16} aria-hidden />}
          maxLength={200}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <Jump first={first} today={today} />
      </Group>
      <Timeline key={first} first={first} isToday={first === today} words={words} />
    </Page>
  );
}
