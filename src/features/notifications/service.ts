import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CreateNotification } from './contract.ts';
import { notify } from './notify.ts';
import { selectNotification, setRead, type Notification } from './queries/notifications.ts';

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

/** @throws AppError `notifications.not_found` */
export async function readNotification(tx: Tx, userId: string, id: string): Promise<Notification> {
  await setRead(tx.db, userId, id);
  return await getNotification(tx, userId, id);
}
