import { useLingui } from '@lingui/react/macro';
import { useNow } from '#web/lib/now.ts';
import { dayName } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { nearDay } from './day-groups.ts';
import { wallClock } from './wall-clock.ts';

/** `Today`, `Tomorrow, Sun, 22 Nov`, `Mon, 30 Nov`. */
export function DayTitle({ day }: { day: string }) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const date = dayName(`${day}T12:00:00Z`, { ...settings, timezone: 'UTC' }, now);
  const near = nearDay(day, wallClock(now, settings.timezone).date);
  if (near === undefined) return date;
  const names = { today: t`Today`, tomorrow: t`Tomorrow`, yesterday: t`Yesterday` };
  return `${names[near]}, ${date}`;
}
