import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { api } from '#web/lib/api.ts';
import { Problem } from '#web/lib/problem.ts';
import { toast, toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { changing, patchReminder, putBack, refreshReminders, show } from './change-reminder.ts';
import { isNagging, nameOf, type Reminder } from './reminder.ts';

type Offer = Parameters<typeof toastUndo>[0];

/** Does it, says so with an offer to undo it, or says why not. Whether it was done. */
export async function done(work: () => Promise<Offer>): Promise<boolean> {
  try {
    toastUndo(await work());
    return true;
  } catch (error) {
    const hasPassed = error instanceof Problem && error.code === 'schedules.in_the_past';
    toastFailure(hasPassed ? new Error(t`Its time has passed: give it a new one`) : error);
    return false;
  }
}

export async function finish(reminder: Reminder): Promise<boolean> {
  const name = nameOf(reminder);
  const message: ReactNode = <Trans>Done: {name}</Trans>;
  const request = async () =>
    await api.post(`/api/reminders/${reminder.id}/done`, undefined, { keepalive: true });
  const isWaiting = reminder.status === 'active' || reminder.status === 'paused';
  const done_at = new Date().toISOString();
  if (reminder.type === 'one_time' && !isWaiting) {
    // It has come already and nothing depends on it: sent when the offer lapses, for it can't be taken back.
    show(reminder.id, (shown) => ({ ...shown, done_at }));
    toastUndo({ message, undo: refreshReminders, settle: () => void request().catch(toastFailure) });
    return true;
  }
  const status = reminder.type === 'one_time' ? 'completed' : reminder.status;
  if (isNagging(reminder)) return await stopAsking(reminder, status, { done_at, request, message });
  return await done(async () => {
    await changing(reminder, { status, done_at }, request);
    return { message, undo: async () => await putBack(reminder) };
  });
}

/** Nothing makes it ask again about the same time: there is no offer to. */
async function stopAsking(
  reminder: Reminder,
  status: Reminder['status'],
  { done_at, request, message }: { done_at: string; request: () => Promise<unknown>; message: ReactNode },
): Promise<boolean> {
  try {
    await changing(reminder, { status, done_at, nagging_since: null }, request);
    toast(message);
    return true;
  } catch (error) {
    toastFailure(error);
    return false;
  }
}

export async function pause(reminder: Reminder): Promise<boolean> {
  const name = nameOf(reminder);
  return await setStatus(reminder, 'paused', <Trans>Paused: {name}</Trans>);
}

export async function resume(reminder: Reminder): Promise<boolean> {
  const name = nameOf(reminder);
  return await setStatus(reminder, 'active', <Trans>On again: {name}</Trans>);
}

async function setStatus(
  reminder: Reminder,
  status: Reminder['status'],
  message: ReactNode,
): Promise<boolean> {
  return await done(async () => {
    await changing(reminder, { status }, async () => await patchReminder(reminder.id, { status }));
    return { message, undo: async () => await putBack(reminder) };
  });
}

/** Cancelled at once, so that it can't come meanwhile; deleted when the offer to undo it has lapsed. */
export async function remove(reminder: Reminder): Promise<boolean> {
  const name = nameOf(reminder);
  return await done(async () => {
    await changing(
      reminder,
      { status: 'cancelled' },
      async () => await patchReminder(reminder.id, { status: 'cancelled' }),
    );
    return {
      message: <Trans>Deleted: {name}</Trans>,
      undo: async () => await putBack(reminder),
      settle: () => {
        api
          .delete(`/api/reminders/${reminder.id}`, { keepalive: true })
          .then(refreshReminders)
          .catch(toastFailure);
      },
    };
  });
}
