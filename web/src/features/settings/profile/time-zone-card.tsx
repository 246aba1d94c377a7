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
      lead={
        <Trans>
          All times are shown in it. When you change it, your reminders keep their local times; those set for
          an instant, or in another time zone, stay.
        </Trans>
      }
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
