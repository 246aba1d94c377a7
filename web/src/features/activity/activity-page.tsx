import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Page } from '#web/ui/page.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { ActivityFilterForm } from './activity-filter.tsx';
import { ActivityList } from './activity-list.tsx';
import { filterOf, noFilter } from './filter.ts';

export function ActivityPage() {
  const { t } = useLingui();
  const { timezone } = useTimeSettings();
  const [form, setForm] = useState(noFilter);
  return (
    <Page title={t`Activity`}>
      <Text c="dimmed" mb="md">
        <Trans>What happened and why. Nothing in it is ever changed.</Trans>
      </Text>
      <ActivityFilterForm value={form} onChange={setForm} />
      <ActivityList filter={filterOf(form, timezone)} />
    </Page>
  );
}
