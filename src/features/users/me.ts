import type { z } from 'zod';
import type { Tx } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { deleteAccount } from './accounts.ts';
import type { updateMe } from './contract.ts';
import { accountNotFound } from './not-found.ts';
import type { OnTimezoneChanged } from './on-timezone-changed.ts';
import { selectOwnAccount, updateOwnRow, type OwnAccount } from './queries/own-account.ts';

export async function getOwnAccount(tx: Tx, userId: string): Promise<OwnAccount> {
  const user = await selectOwnAccount(tx.db, userId);
  // Deleted between the check of the credentials and now.
  if (!user) throw accountNotFound();
  return user;
}

export async function updateOwnAccount(
  tx: Tx,
  userId: string,
  { quiet_hours, ...fields }: z.output<typeof updateMe>,
  onTimezoneChanged: OnTimezoneChanged,
): Promise<OwnAccount> {
  const change = {
    ...fields,
    ...(quiet_hours !== undefined && { quiet_hours: quiet_hours && JSON.stringify(quiet_hours) }),
  };
  if (Object.keys(change).length === 0) return await getOwnAccount(tx, userId);
  // Before the user's row is locked: a scheduler locks what it fires first, and then whom it tells.
  if (fields.timezone !== undefined) await onTimezoneChanged(tx, { id: userId, timezone: fields.timezone });
  const user = await updateOwnRow(tx.db, userId, change);
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
