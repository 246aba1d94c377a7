import { Badge } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import Moon from 'lucide-react/icons/moon';
import { clockTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';

/** It waits for the end of quiet hours, which is within a day. */
export function HeldBadge({ until }: { until: string }) {
  const time = clockTime(until, useTimeSettings());
  return (
    <Badge size="sm" variant="default" tt="none" leftSection={<Moon size={12} aria-hidden />}>
      <Trans>Waits until {time}</Trans>
    </Badge>
  );
}
