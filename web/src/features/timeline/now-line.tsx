import { Trans } from '@lingui/react/macro';
import { useNow } from '#web/lib/now.ts';
import { clockTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import classes from './now-line.module.css';

/** The present: what is above has passed. */
export function NowLine() {
  const time = clockTime(useNow(60_000), useTimeSettings());
  return (
    <p className={classes['now']}>
      <Trans>Now, {time}</Trans>
    </p>
  );
}
