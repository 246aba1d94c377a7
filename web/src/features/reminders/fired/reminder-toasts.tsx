import { useLingui } from '@lingui/react/macro';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useMe } from '#web/features/users/me.ts';
import type { LiveEvent } from '#web/lib/live/event.ts';
import { useLive } from '#web/lib/live/index.ts';
import { Problem } from '#web/lib/problem.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { reminderQuery } from '../detail/reminder-query.ts';
import type { Reminder } from '../reminder.ts';
import { showInBrowser } from './browser-notification.ts';
import { firedOf, isReadBy } from './fired-event.ts';
import { closeFired, isShown, showFired } from './fired-toast.tsx';
import { useMissedToast } from './use-missed-toast.tsx';

/** Says reminders when they come, wherever in the app the user is. */
export function ReminderToasts(): null {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const router = useRouter();
  const inBrowser = useMe().preferences.browser_notifications !== false;

  const onFired = useCallback(
    (event: LiveEvent) => {
      const fired = firedOf(event);
      if (!fired) return;
      const { reminderId, occurrenceId } = fired;
      void readReminder(reminderId).then((reminder) => {
        // Gone or done by the time it is told: a page that comes back hears of what was.
        if (!reminder || isAnswered(reminder)) return;
        const { title, payload } = reminder;
        const onClick = () => void router.navigate({ to: '/reminders/$reminderId', params: { reminderId } });
        const shown = inBrowser
          ? showInBrowser({ occurrenceId, title: title ?? t`Reminder`, body: payload.text, onClick })
          : Promise.resolve(undefined);
        showFired(fired, reminder, settings, shown);
      }, ignore);
    },
    [inBrowser, router, settings, t],
  );
  const onUpdated = useCallback(({ payload }: LiveEvent) => {
    const id = payload['reminder_id'];
    if (typeof id !== 'string' || !isShown(id)) return;
    void readReminder(id).then((reminder) => {
      if (!reminder || isAnswered(reminder)) closeFired(({ reminderId }) => reminderId === id);
    }, ignore);
  }, []);
  const onRead = useCallback((event: LiveEvent) => {
    closeFired(({ notificationId }) => isReadBy(event, notificationId));
  }, []);

  useMissedToast();
  useLive(['reminder.fired'], onFired);
  useLive(['reminder.updated'], onUpdated);
  useLive(['notification.read'], onRead);
  return null;
}

function isAnswered({ done_at, status }: Reminder): boolean {
  return done_at !== null || status === 'cancelled';
}

/** As it is now; undefined where it is gone. */
async function readReminder(id: string): Promise<Reminder | undefined> {
  try {
    return await queryClient.query({ ...reminderQuery(id), staleTime: 0 });
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}

/** Without an answer there is nothing to say: what is missed stands in the notifications. */
function ignore(): void {}
