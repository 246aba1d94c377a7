import type { Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CreateNotification, ReadNotifications } from './contract.ts';
import { notify } from './notify.ts';
import {
  selectNotification,
  selectOwnIds,
  setRead,
  setReadAbout,
  type Notification,
} from './queries/notifications.ts';

/** One of theirs as the API shows it; undefined when there is none. */
export async function findNotification(
  tx: Tx,
  userId: string,
  id: string,
): Promise<Notification | undefined> {
  return await selectNotification(tx.db, userId, id);
}

async function getNotification(tx: Tx, userId: string, id: string): Promise<Notification> {
  const found = await selectNotification(tx.db, userId, id);
  if (found) return found;
  throw new AppError({
    code: 'notifications.not_found',
    kind: 'not_found',
    message: 'There is no such notification',
  });
}

/** A note to oneself. */
export async function createNotification(
  tx: Tx,
  userId: string,
  input: CreateNotification,
): Promise<Notification> {
  const { title, message, priority } = input;
  const id = newId();
  await notify(tx, [{ id, user_id: userId, kind: 'system', title, message, priority }], { redis: false });
  return await getNotification(tx, userId, id);
}

/** Other tabs and devices of the user follow. Without ids where all were read. */
function tellRead(tx: Tx, userId: string, ids: string[], all: boolean): void {
  if (ids.length === 0) return;
  tx.emit({
    user_id: userId,
    type: 'notification.read',
    subject: ids.length === 1 ? `notification:${ids[0]}` : null,
    payload: all ? { all } : { notification_ids: ids },
  });
}

/** @throws AppError `notifications.not_found` */
export async function readNotification(tx: Tx, userId: string, id: string): Promise<Notification> {
  tellRead(tx, userId, await setRead(tx.db, userId, [id]), false);
  return await getNotification(tx, userId, id);
}

/** What they are about is settled: those that are unread need no look any more. */
export async function readAbout(tx: Tx, userId: string, subjects: string[]): Promise<void> {
  if (subjects.length === 0) return;
  tellRead(tx, userId, await setReadAbout(tx.db, userId, subjects), false);
}

/**
 * Marks many as read. Returns how many were unread.
 * @throws AppError 422 for an id that is not one of theirs
 */
export async function readNotifications(
  tx: Tx,
  userId: string,
  { ids }: ReadNotifications,
): Promise<{ read: number }> {
  if (ids) {
    const own = new Set(await selectOwnIds(tx.db, userId, ids));
    const foreign = ids.findIndex((id) => !own.has(id));
    if (foreign >= 0) throw invalidField(`ids.${foreign}`, 'is not one of yours');
  }
  const read = await setRead(tx.db, userId, ids ?? 'all');
  tellRead(tx, userId, read, ids === undefined);
  return { read: read.length };
}
