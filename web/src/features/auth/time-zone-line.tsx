import { Button, Group, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { useNow } from '#web/lib/now.ts';
import { clockTime } from '#web/ui/time/format-time.ts';
import { TimeZoneSelect } from '#web/ui/time/time-zone-select.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { useFirstFocus } from './use-first-focus.ts';

interface TimeZoneLineProps {
  value: string;
  onChange: (zone: string) => void;
}

/** The time zone as the browser has it, in one line; a field only for those for whom it is wrong. */
export function TimeZoneLine({ value, onChange }: TimeZoneLineProps) {
  const [isOpen, setOpen] = useState(false);
  const settings = useTimeSettings();
  const time = clockTime(useNow(60_000), { ...settings, timezone: value });
  if (isOpen) return <OpenSelect value={value} onChange={onChange} />;
  const zone = value.replaceAll('_', ' ');
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm">
        <Trans>
          Your time: {time} ({zone})
        </Trans>
      </Text>
      <Button size="compact-sm" variant="subtle" flex="none" onClick={() => setOpen(true)}>
        <Trans>Change</Trans>
      </Button>
    </Group>
  );
}

function OpenSelect(props: TimeZoneLineProps) {
  return <TimeZoneSelect ref={useFirstFocus()} {...props} />;
}
