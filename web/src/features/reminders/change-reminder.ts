import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { withChanged } from './cached-reminders.ts';
import type { Reminder } from './reminder.ts';

const keys = [['reminders'], ['occurrences']] as const;

export async function refreshReminders(): Promise<void> {
  await Promise.all(keys.map(async (queryKey) => await queryClient.invalidateQueries({ queryKey })));
}

/** Shows it as it will be, before the server knows. */
export function show(id: string, change: (reminder: Reminder) => Reminder): void {
  queryClient.setQueriesData({ queryKey: ['reminders'] }, (data: unknown) => withChanged(data, id, change));
}

/**
 * Shows a reminder as it will be while `request` makes it so; as it was again when that fails.
 * @throws what `request` throws
 */
export async function changing<T>(
  reminder: Reminder,
  change: Partial<Reminder>,
  request: () => Promise<T>,
): Promise<T> {
  await queryClient.cancelQueries({ queryKey: ['reminders'] });
  show(reminder.id, (shown) => ({ ...shown, ...change }));
  try {
    return await request();
  } catch (error) {
    show(reminder.id, () => reminder);
    throw error;
  } finally {
    void refreshReminders();
  }
}

export async function patchReminder(id: string, body: object): Promise<Reminder> {
  return await api.patch<Reminder>(`/api/reminders/${id}`, body);
}

/** Puts a status back that an action has changed. */
export async function putBack(reminder: Reminder): Promise<void> {
  await changing(
    reminder,
    reminder,
    async () => await patchReminder(reminder.id, { status: reminder.status }),
  );
}
