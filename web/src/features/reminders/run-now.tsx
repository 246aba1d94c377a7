import { Plural, Trans } from '@lingui/react/macro';
import type { occurrence } from '#features/reminders/contract.ts';
import { api } from '#web/lib/api.ts';
import type { Wire } from '#web/lib/wire.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { refreshReminders } from './change-reminder.ts';
import { nameOf, type Reminder } from './reminder.ts';

type Fired = Wire<typeof occurrence>;

/** Says it now; its own times stay. Whether that was done. */
export async function sayNow(reminder: Reminder): Promise<boolean> {
  const name = nameOf(reminder);
  try {
    await api.post<Fired>(`/api/reminders/${reminder.id}/run`);
    toast(<Trans>Said now: {name}</Trans>);
    await refreshReminders();
    return true;
  } catch (error) {
    toastFailure(error);
    return false;
  }
}

/** Says it for the times from the first of a run of misses to its last. Whether that was done. */
export async function sayMissed(
  reminderId: string,
  run: { due_at: string; until: string | null },
): Promise<boolean> {
  // The end is not in it.
  const to = new Date(Date.parse(run.until ?? run.due_at) + 1).toISOString();
  try {
    const { items } = await api.post<{ items: Fired[] }>(`/api/reminders/${reminderId}/backfill`, {
      from: run.due_at,
      to,
    });
    toast(
      items.length === 0 ? (
        <Trans>They have all been said by now.</Trans>
      ) : (
        <Plural value={items.length} one="Said # missed time." other="Said # missed times." />
      ),
    );
    await refreshReminders();
    return true;
  } catch (error) {
    toastFailure(error);
    return false;
  }
}
