import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Reminder } from '#web/features/reminders/reminder.ts';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';

const MINUTES = 1;

/** Says what was missed after all. */
export function RemindAgainButton({ reminderId }: { reminderId: string }) {
  const again = useMutation({
    mutationFn: async () =>
      await api.post<Reminder>(`/api/reminders/${reminderId}/snooze`, { minutes: MINUTES }),
    onSuccess: (made) => {
      refresh();
      toastUndo({
        message: <Trans>It comes in a minute.</Trans>,
        undo: async () => {
          await api.delete(`/api/reminders/${made.id}`);
          refresh();
        },
      });
    },
    onError: toastFailure,
  });
  return (
    <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
      <Trans>Remind me now</Trans>
    </Button>
  );
}

function refresh(): void {
  for (const key of ['reminders', 'schedules']) void queryClient.invalidateQueries({ queryKey: [key] });
}
