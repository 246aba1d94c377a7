import { Trans } from '@lingui/react/macro';
import { instantOf } from '#web/features/schedules/schedule-preview.ts';
import { api } from '#web/lib/api.ts';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import type { TimeSettings } from '#web/ui/time/time-zone.tsx';
import { done } from '../actions.tsx';
import { changing, patchReminder, refreshReminders } from '../change-reminder.ts';
import { isNagging, type Reminder } from '../reminder.ts';
import type { SnoozeChoice } from './snooze-choices.ts';

const MINUTE_MS = 60_000;

/** Whether putting it off moves it: it comes once and has not come. Of others the words come once more. */
function isMoved(reminder: Reminder): boolean {
  const { type, status, next_fire_at } = reminder;
  return type === 'one_time' && status === 'active' && next_fire_at !== null && !isNagging(reminder);
}

/** Puts a reminder off. Whether that was done. */
export async function snooze(
  reminder: Reminder,
  choice: SnoozeChoice,
  settings: TimeSettings,
): Promise<boolean> {
  return await done(async () => {
    if (!isMoved(reminder)) return await comeAgain(reminder, choice, settings);
    const until =
      'minutes' in choice
        ? new Date(Date.now() + choice.minutes * MINUTE_MS).toISOString()
        : await instantOf(choice.local_time, settings.timezone);
    const { id, trigger_at } = reminder;
    await changing(
      reminder,
      { trigger_at: until, next_fire_at: until },
      async () => await patchReminder(id, { trigger_at: until }),
    );
    return {
      message: <PutOff until={until} settings={settings} />,
      undo: async () => {
        await changing(reminder, reminder, async () => await patchReminder(id, { trigger_at }));
      },
    };
  });
}

async function comeAgain(reminder: Reminder, choice: SnoozeChoice, settings: TimeSettings) {
  const body =
    'minutes' in choice ? choice : { until: await instantOf(choice.local_time, settings.timezone) };
  const made = await api.post<Reminder>(`/api/reminders/${reminder.id}/snooze`, body);
  void refreshReminders();
  return {
    message: <PutOff until={made.trigger_at ?? made.created_at} settings={settings} />,
    undo: async () => {
      await api.delete(`/api/reminders/${made.id}`);
      await refreshReminders();
    },
  };
}

function PutOff({ until, settings }: { until: string; settings: TimeSettings }) {
  // A toast stands still: what it says was said when it appeared.
  const when = dayAndTime(until, settings, Date.parse(until));
  return <Trans>Comes again {when}</Trans>;
}
