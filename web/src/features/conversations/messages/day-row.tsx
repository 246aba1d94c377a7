import { useLingui } from '@lingui/react/macro';
import { useNow } from '#web/lib/now.ts';
import { dayName, dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import classes from './message.module.css';

const DAY_MS = 86_400_000;

/** Where another day begins. */
export function DayRow({ day, instant }: { day: string; instant: string }) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const name =
    day === dayOf(now, settings)
      ? t`Today`
      : day === dayOf(now - DAY_MS, settings)
        ? t`Yesterday`
        : dayName(instant, settings, now);
  return <div className={classes['day']}>{name}</div>;
}
