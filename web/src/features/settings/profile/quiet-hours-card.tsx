import { Group, Switch, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { switchMe } from '#web/features/users/change-me.tsx';
import { useMe } from '#web/features/users/me.ts';
import { SettingsCard } from '../settings-card.tsx';
import { TimeField } from './time-field.tsx';

const usual = { start: '22:00', end: '07:00' };

/** When only what is urgent may disturb. */
export function QuietHoursCard() {
  const { t } = useLingui();
  const { quiet_hours } = useMe();
  const zone = quiet_hours?.timezone?.replaceAll('_', ' ');
  return (
    <SettingsCard
      title={t`Quiet hours`}
      lead={<Trans>What is not urgent waits until they are over. Reminders come on time.</Trans>}
    >
      <Switch
        label={t`Keep quiet hours`}
        checked={quiet_hours !== null}
        onChange={({ currentTarget }) => switchMe({ quiet_hours: currentTarget.checked ? usual : null })}
      />
      {quiet_hours && (
        <Group align="flex-start">
          <TimeField
            label={t`From`}
            value={quiet_hours.start}
            other={quiet_hours.end}
            onSave={(start) => switchMe({ quiet_hours: { ...quiet_hours, start } })}
          />
          <TimeField
            label={t`Until`}
            value={quiet_hours.end}
            other={quiet_hours.start}
            onSave={(end) => switchMe({ quiet_hours: { ...quiet_hours, end } })}
          />
        </Group>
      )}
      {zone !== undefined && (
        <Text size="sm" c="dimmed">
          <Trans>These are times in {zone}.</Trans>
        </Text>
      )}
    </SettingsCard>
  );
}
