import { SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { useNow } from '#web/lib/now.ts';
import { clockTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { SettingsCard } from '../settings-card.tsx';

export function ClockCard() {
  const { t } = useLingui();
  const { hour_cycle = 'auto' } = useMe().preferences;
  const time = clockTime(useNow(60_000), useTimeSettings());
  return (
    <SettingsCard title={t`Clock`} lead={<Trans>It is {time} now.</Trans>}>
      <SegmentedControl
        aria-label={t`Clock`}
        fullWidth
        data={[
          { value: 'auto', label: t`As usual` },
          { value: 'h12', label: t`12 hours` },
          { value: 'h23', label: t`24 hours` },
        ]}
        value={hour_cycle}
        onChange={(cycle) => switchMe({ preferences: { hour_cycle: cycle } })}
      />
    </SettingsCard>
  );
}
