import { Button, Group, Stack, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import BellRing from 'lucide-react/icons/bell-ring';
import Check from 'lucide-react/icons/check';
import { api } from '#web/lib/api.ts';
import { hideToast, showToast } from '#web/ui/toast-host.tsx';
import { clockTime } from '#web/ui/time/format-time.ts';
import type { TimeSettings } from '#web/ui/time/time-zone.tsx';
import { finish } from '../actions.tsx';
import type { Reminder } from '../reminder.ts';
import { snooze } from '../snooze/snooze.tsx';
import type { FiredReminder } from './fired-event.ts';
import classes from './fired-toast.module.css';

/** The toasts that are open, by occurrence. */
const open = new Map<string, { fired: FiredReminder; close: () => void }>();

/** Says a reminder that has come, until it is answered, closed, or seen elsewhere. */
export function showFired(
  fired: FiredReminder,
  reminder: Reminder,
  settings: TimeSettings,
  browser: Promise<Notification | undefined>,
): void {
  const { occurrenceId, reminderId, notificationId } = fired;
  // One toast for each: the later word of the same reminder takes the place of the one before.
  closeFired((one) => one.reminderId === reminderId);
  const id = `fired-${occurrenceId}`;
  showToast({
    id,
    autoClose: false,
    withBorder: true,
    icon: <BellRing size={18} aria-hidden />,
    title: reminder.title,
    message: <Fired fired={fired} reminder={reminder} settings={settings} />,
    onClose: () => {
      open.delete(occurrenceId);
      void browser.then((shown) => shown?.close());
      if (notificationId !== undefined) {
        // Seen: it closes on the user's other screens too.
        void api.post(`/api/notifications/${notificationId}/read`).catch(() => {});
      }
    },
  });
  open.set(occurrenceId, { fired, close: () => hideToast(id) });
}

export function closeFired(which: (fired: FiredReminder) => boolean): void {
  for (const { fired, close } of open.values()) if (which(fired)) close();
}

export function isShown(reminderId: string): boolean {
  return [...open.values()].some(({ fired }) => fired.reminderId === reminderId);
}

interface FiredProps {
  fired: FiredReminder;
  reminder: Reminder;
  settings: TimeSettings;
}

function Fired({ fired, reminder, settings }: FiredProps) {
  const { occurrenceId, isLate, dueAt } = fired;
  const due = clockTime(dueAt, settings);
  const answer = (action: () => Promise<boolean>) => {
    closeFired((one) => one.occurrenceId === occurrenceId);
    void action();
  };
  return (
    <Stack gap="xs">
      <Text size="sm" lineClamp={6} className={classes['text'] ?? ''}>
        {reminder.payload.text}
      </Text>
      {isLate && (
        <Text size="xs">
          <Trans>It was due at {due}.</Trans>
        </Text>
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          leftSection={<Check size={14} aria-hidden />}
          onClick={() => answer(async () => await finish(reminder))}
        >
          <Trans>Done</Trans>
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<AlarmClock size={14} aria-hidden />}
          onClick={() => answer(async () => await snooze(reminder, { minutes: 10 }, settings))}
        >
          <Trans>Snooze 10 min</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
