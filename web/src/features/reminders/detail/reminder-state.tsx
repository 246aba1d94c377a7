import { Trans } from '@lingui/react/macro';
import { useNow } from '#web/lib/now.ts';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { isNagging, type Reminder } from '../reminder.ts';

/** How it is with a reminder, in words. */
export function ReminderState({ reminder }: { reminder: Reminder }) {
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const { status, done_at, last_fired_at, nagging_since } = reminder;
  const done = done_at === null ? undefined : dayAndTime(done_at, settings, now);
  switch (status) {
    case 'active':
      if (isNagging(reminder) && nagging_since !== null) {
        const came = dayAndTime(nagging_since, settings, now);
        return <Trans>Came {came}, waits to be done</Trans>;
      }
      return done === undefined ? <Trans>Waiting</Trans> : <Trans>Waiting; done last {done}</Trans>;
    case 'paused':
      return <Trans>Paused</Trans>;
    case 'completed': {
      if (done !== undefined) return <Trans>Done {done}</Trans>;
      const came = last_fired_at === null ? '' : dayAndTime(last_fired_at, settings, now);
      return came === '' ? <Trans>Completed</Trans> : <Trans>Came {came}, not done</Trans>;
    }
    case 'cancelled':
      return <Trans>Cancelled</Trans>;
  }
}
