import { Badge } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import BellRing from 'lucide-react/icons/bell-ring';
import { useNow } from '#web/lib/now.ts';
import { clockTime, dayAndTime, dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { isNagging, type Reminder } from '../reminder.ts';

/** When one that has come asks again; nothing of others. */
export function NagBadge({ reminder }: { reminder: Reminder }) {
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const { next_fire_at } = reminder;
  if (!isNagging(reminder) || next_fire_at === null) return null;
  const isToday = dayOf(next_fire_at, settings) === dayOf(now, settings);
  const again = isToday ? clockTime(next_fire_at, settings) : dayAndTime(next_fire_at, settings, now);
  return (
    <Badge size="sm" variant="default" tt="none" leftSection={<BellRing size={12} aria-hidden />}>
      <Trans>Asks again at {again}</Trans>
    </Badge>
  );
}
