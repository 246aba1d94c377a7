import { Trans } from '@lingui/react/macro';
import type { createReminder as body } from '#features/reminders/contract.ts';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import type { Wire } from '#web/lib/wire.ts';
import { toastUndo } from '#web/ui/toast.tsx';
import { nameOf, type Reminder } from './reminder.ts';

export type NewReminder = Wire<typeof body>;

/** Sets a reminder, says so, and offers to take it back. */
export async function createReminder(reminder: NewReminder): Promise<Reminder> {
  const made = await api.post<Reminder>('/api/reminders', reminder);
  await refresh();
  const name = nameOf(made);
  toastUndo({
    message: <Trans>Reminder set: {name}</Trans>,
    undo: async () => {
      await api.delete(`/api/reminders/${made.id}`);
      await refresh();
    },
  });
  return made;
}

async function refresh(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['reminders'] });
}
