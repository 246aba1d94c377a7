import { Trans, useLingui } from '@lingui/react/macro';
import { switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { TimeZoneSelect } from '#web/ui/time/time-zone-select.tsx';
import { SettingsCard } from '../settings-card.tsx';

export function TimeZoneCard() {
  const { t } = useLingui();
  const { timezone } = useMe();
  return (
    <SettingsCard
      title={t`Your time`}
      lead={<Trans>All times are shown in it. Reminders that are set keep the zone they were set in.</Trans>}
    >
      <TimeZoneSelect
        value={timezone}
        onChange={(zone) => {
          if (zone !== timezone) switchMe({ timezone: zone });
        }}
      />
    </SettingsCard>
  );
}
