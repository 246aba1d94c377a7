import { Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { longDay } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';

/** Days without anything, as one line. */
export function NothingUntil({ day }: { day: string | undefined }) {
  const settings = useTimeSettings();
  const name = day === undefined ? '' : longDay(`${day}T12:00:00Z`, { ...settings, timezone: 'UTC' });
  return (
    <Text c="dimmed" size="sm" ta="center">
      {day === undefined ? <Trans>Nothing more is set</Trans> : <Trans>Nothing until {name}</Trans>}
    </Text>
  );
}
