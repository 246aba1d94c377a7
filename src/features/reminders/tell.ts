import { record, type NewActivity } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { ReminderRecord } from './queries.ts';

/** Who changes a reminder: the user, an assistant for them, or a service that may by its scope. */
export type Actor = NewActivity['actor'];

const messages = {
  'reminder.set': 'A reminder was set',
  'reminder.changed': 'A reminder was changed',
  'reminder.active': 'A reminder was made active again',
  'reminder.paused': 'A reminder was paused',
  'reminder.completed': 'A reminder was completed',
  'reminder.cancelled': 'A reminder was cancelled',
  'reminder.done': 'A reminder was done',
  'reminder.snoozed': 'A reminder was put off',
  'reminder.deleted': 'A reminder was deleted',
} as const;

/** Tells the user's screens that a reminder is there, is another, or is gone. */
export function tellChanged(tx: Tx, { id, user_id }: Pick<ReminderRecord, 'id' | 'user_id'>): void {
  tx.emit({ user_id, type: 'reminder.updated', subject: `reminder:${id}`, payload: { reminder_id: id } });
}

/** Tells the user's screens and the activity log what was done with a reminder; its words stay in the reminder. */
export async function tell(
  tx: Tx,
  actor: Actor,
  type: keyof typeof messages,
  { id, user_id, next_fire_at }: Pick<ReminderRecord, 'id' | 'user_id' | 'next_fire_at'>,
): Promise<void> {
  tellChanged(tx, { id, user_id });
  await record(tx, {
    user_id,
    actor,
    type,
    message: messages[type],
    subject: `reminder:${id}`,
    metadata: { next_fire_at: next_fire_at?.toISOString() ?? null },
  });
}
