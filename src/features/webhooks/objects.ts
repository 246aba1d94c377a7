import { findMessage } from '#features/conversations/index.ts';
import { findNotification } from '#features/notifications/index.ts';
import { findShownReminder } from '#features/reminders/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';

/** What an event is about, as the API shows it. */
export type Objects = Record<string, unknown>;

type Payload = Record<string, JsonValue>;

interface Source {
  /** The field of the payload with its id. */
  id: string;
  /** The field of `data` it is told in. */
  as: string;
  find(tx: Tx, userId: string, id: string): Promise<unknown>;
}

const reminder: Source = { id: 'reminder_id', as: 'reminder', find: findShownReminder };
const notification: Source = { id: 'notification_id', as: 'notification', find: findNotification };
const message: Source = {
  id: 'message_id',
  as: 'message',
  find: async (tx, _, id) => await findMessage(tx, id),
};

const sources: Record<string, readonly Source[]> = {
  'reminder.fired': [reminder, notification],
  'reminder.updated': [reminder],
  'notification.created': [notification],
  'message.created': [message],
  'message.completed': [message],
  'message.failed': [message],
};

/** The objects of an event, as they are now; null for what is gone. */
export async function objectsOf(tx: Tx, userId: string, type: string, payload: Payload): Promise<Objects> {
  const found: Objects = {};
  for (const { id, as, find } of sources[type] ?? []) {
    const value = payload[id];
    if (typeof value === 'string') found[as] = (await find(tx, userId, value)) ?? null;
  }
  return found;
}
