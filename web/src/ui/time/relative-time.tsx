import { Tooltip } from '@mantine/core';
import { useNow } from '#web/lib/now.ts';
import { exactTime, relativeTime } from './format-time.ts';
import { useTimeSettings } from './time-zone.tsx';

/** `in 5 minutes`, kept up to date; the exact time on hover and touch. */
export function RelativeTime({ instant }: { instant: string }) {
  const settings = useTimeSettings();
  const at = new Date(instant).getTime();
  const coarse = useNow(30_000);
  const fine = useNow(Math.abs(at - coarse) < 120_000 ? 1_000 : 30_000);
  return (
    <Tooltip label={exactTime(instant, settings)} events={{ hover: true, focus: false, touch: true }}>
      <time dateTime={instant}>{relativeTime(at, fine, settings.locale)}</time>
    </Tooltip>
  );
}
