import { Button, Group } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import Check from 'lucide-react/icons/check';
import MessageSquare from 'lucide-react/icons/message-square';
import Pause from 'lucide-react/icons/pause';
import Pencil from 'lucide-react/icons/pencil';
import Play from 'lucide-react/icons/play';
import Trash from 'lucide-react/icons/trash-2';
import { lazy, Suspense, useState } from 'react';
import { finish, pause, remove, resume } from '../actions.tsx';
import type { Reminder } from '../reminder.ts';
import { sayNow } from '../run-now.tsx';
import { SnoozeMenu } from '../snooze/snooze-menu.tsx';

const EditReminder = lazy(async () => ({
  default: (await import('../fields/edit-reminder.tsx')).EditReminder,
}));

/** What can be done with a reminder, on its own page. */
export function ReminderActions({ reminder }: { reminder: Reminder }) {
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const { status, type, done_at } = reminder;
  const isOpen = type === 'recurring' ? status === 'active' : done_at === null && status !== 'cancelled';

  async function removeAndLeave(): Promise<void> {
    if (await remove(reminder)) await navigate({ to: '/reminders' });
  }

  return (
    <Group gap="xs">
      {isOpen && (
        <Button leftSection={<Check size={16} aria-hidden />} onClick={() => void finish(reminder)}>
          <Trans>Done</Trans>
        </Button>
      )}
      {status !== 'paused' && <SnoozeMenu reminder={reminder} withLabel />}
      {status === 'active' && (
        <Button
          variant="default"
          leftSection={<Pause size={16} aria-hidden />}
          onClick={() => void pause(reminder)}
        >
          <Trans>Pause</Trans>
        </Button>
      )}
      {status === 'paused' && (
        <Button
          variant="default"
          leftSection={<Play size={16} aria-hidden />}
          onClick={() => void resume(reminder)}
        >
          <Trans>Resume</Trans>
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<MessageSquare size={16} aria-hidden />}
        onClick={() => void sayNow(reminder)}
      >
        <Trans>Say it now</Trans>
      </Button>
      <Button
        variant="default"
        leftSection={<Pencil size={16} aria-hidden />}
        onClick={() => setEditing(true)}
      >
        <Trans>Edit</Trans>
      </Button>
      <Button
        variant="default"
        leftSection={<Trash size={16} aria-hidden />}
        onClick={() => void removeAndLeave()}
      >
        <Trans>Delete</Trans>
      </Button>
      {isEditing && (
        <Suspense fallback={null}>
          <EditReminder reminder={reminder} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Group>
  );
}
