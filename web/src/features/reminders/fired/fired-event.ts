import type { LiveEvent } from '#web/lib/live/event.ts';

export interface FiredReminder {
  reminderId: string;
  occurrenceId: string;
  notificationId: string | undefined;
  dueAt: string;
  isLate: boolean;
}

const LATE_MS = 60_000;

/** What a `reminder.fired` says; undefined where it does not say which. */
export function firedOf({ payload, at }: LiveEvent): FiredReminder | undefined {
  const { reminder_id, occurrence_id, notification_id, due_at, late_ms } = payload;
  if (typeof reminder_id !== 'string' || typeof occurrence_id !== 'string') return undefined;
  return {
    reminderId: reminder_id,
    occurrenceId: occurrence_id,
    notificationId: typeof notification_id === 'string' ? notification_id : undefined,
    dueAt: typeof due_at === 'string' ? due_at : at,
    isLate: typeof late_ms === 'number' && late_ms >= LATE_MS,
  };
}

/** Whether a `notification.read` is about this one. */
export function isReadBy({ payload }: LiveEvent, notificationId: string | undefined): boolean {
  if (payload['all'] === true) return true;
  const ids: unknown = payload['notification_ids'];
  return notificationId !== undefined && Array.isArray(ids) && ids.includes(notificationId);
}
