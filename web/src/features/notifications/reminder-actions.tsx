import { Button, Group, Menu } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import AlarmClockPlus from 'lucide-react/icons/alarm-clock-plus';
import Check from 'lucide-react/icons/check';
import type { reminder } from '#features/reminders/contract.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import { toast, toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { SnoozeChoices } from './snooze-choices.tsx';

interface ReminderActionsProps {
  reminderId: string;
  /** The notification has served. */
  onHandled: () => void;
}

/** What can be done about a reminder that has fired. */
export function ReminderActions({ reminderId, onHandled }: ReminderActionsProps) {
  const path = `/api/reminders/${reminderId}`;
  const done = useMutation({
    mutationFn: async () => await api.post(`${path}/done`),
    onSuccess: () => {
      toast(<Trans>Done.</Trans>);
      refresh();
      onHandled();
    },
    onError: toastFailure,
  });
  const snooze = useMutation({
    mutationFn: async (minutes: number) =>
      await api.post<Wire<typeof reminder>>(`${path}/snooze`, { minutes }),
    onSuccess: (later) => {
      refresh();
      onHandled();
      toastUndo({
        message: <Trans>Put off.</Trans>,
        undo: async () => {
          await api.delete(`/api/reminders/${later.id}`);
          refresh();
        },
      });
    },
    onError: toastFailure,
  });
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<Check size={14} aria-hidden />}
        loading={done.isPending}
        onClick={() => done.mutate()}
      >
        <Trans>Done</Trans>
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<AlarmClockPlus size={14} aria-hidden />}
            loading={snooze.isPending}
          >
            <Trans>Snooze</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <SnoozeChoices onChoose={(minutes) => snooze.mutate(minutes)} />
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function refresh(): void {
  for (const key of ['reminders', 'schedules', 'occurrences']) {
    void queryClient.invalidateQueries({ queryKey: [key] });
  }
}
