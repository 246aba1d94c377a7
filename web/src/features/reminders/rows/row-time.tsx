import { Text } from '@mantine/core';
import { useNow } from '#web/lib/now.ts';
import { clockTime, dayAndTime } from '#web/ui/time/format-time.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Reminder } from '../reminder.ts';

/** When it comes next, on the clock and from now; when it would have come, while it is paused. */
export function RowTime({ reminder, withDay }: { reminder: Reminder; withDay: boolean }) {
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const at = reminder.next_fire_at ?? reminder.trigger_at;
  if (at === null) return null;
  return (
    <Text size="sm">
      <Text span inherit fw={600}>
        {withDay ? dayAndTime(at, settings, now) : clockTime(at, settings)}
      </Text>{' '}
      <Text span inherit c="dimmed">
        <RelativeTime instant={at} />
      </Text>
    </Text>
  );
}
