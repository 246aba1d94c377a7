import type { z } from 'zod';
import type { Tx } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { deleteAccount } from './accounts.ts';
import type { updateMe } from './contract.ts';
import { accountNotFound } from './not-found.ts';
import { updateUser } from './queries/accounts.ts';
import { selectUserById, type User } from './queries.ts';

export async function getOwnAccount(tx: Tx, userId: string): Promise<User> {
  const user = await selectUserById(tx.db, userId);
  // Deleted between the check of the credentials and now.
  if (!user) throw accountNotFound();
  return user;
}

/** Schedules keep the time zone they were made with: moving house moves no reminder. */
export async function updateOwnAccount(
  tx: Tx,
  userId: string,
  { quiet_hours, ...fields }: z.output<typeof updateMe>,
): Promise<User> {
  const change = {
    ...fields,
    ...(quiet_hours !== undefined && { quiet_hours: quiet_hours && JSON.stringify(quiet_hours) }),
  };
  if (Object.keys(change).length === 0) return await getOwnAccount(tx, userId);
  const user = await updateUser(tx.db, userId, change);
  if (!user) throw accountNotFound();
  tx.emit({ user_id: userId, type: 'user.updated', subject: `user:${userId}`, payload: { user_id: userId } });
  return user;
}

/**
 * Deletes a user's own account with everything in it. For the system role.
 * @throws AppError 422 with the path `confirm`; `users.last_admin`
 */
export async function deleteOwnAccount(tx: Tx, userId: string, confirm: string): Promise<void> {
  const { email, name } = await getOwnAccount(tx, userId);
  const word = email ?? name;
  if (confirm.trim().toLowerCase() !== word.toLowerCase()) {
    throw invalidField('confirm', `must be your ${email === null ? 'name' : 'e-mail address'}`);
  }
  await deleteAccount(tx, { actorId: userId, userId });
}
