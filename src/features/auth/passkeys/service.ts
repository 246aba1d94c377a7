import { record } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { lockSignIn, selectSignInUser } from '../queries/accounts.ts';
import { deletePasskeyRow, renamePasskeyRow, selectPasskeys, type PasskeyRow } from '../queries/passkeys.ts';
import { tellSignInChanged } from '../tell.ts';

function notFound(): AppError {
  return new AppError({
    code: 'auth.passkey_not_found',
    kind: 'not_found',
    message: 'There is no such passkey',
  });
}

/** Newest first. */
export async function listPasskeys(tx: Tx, user_id: string): Promise<PasskeyRow[]> {
  return await selectPasskeys(tx.db, user_id);
}

/** @throws AppError `auth.passkey_not_found` */
export async function renamePasskey(tx: Tx, user_id: string, id: string, name: string): Promise<PasskeyRow> {
  const renamed = await renamePasskeyRow(tx.db, user_id, id, name);
  if (!renamed) throw notFound();
  tellSignInChanged(tx, user_id, { passkey_id: id });
  return renamed;
}

/**
 * The last one stays where there is no password: nobody locks themself out. For the system role.
 * @throws AppError `auth.passkey_not_found`, `auth.last_passkey`
 */
export async function removePasskey(tx: Tx, user_id: string, id: string): Promise<void> {
  await lockSignIn(tx.db, user_id);
  const removed = await deletePasskeyRow(tx.db, user_id, id);
  if (!removed) throw notFound();
  const user = await selectSignInUser(tx.db, { id: user_id });
  if (user?.password === null && (await selectPasskeys(tx.db, user_id)).length === 0) {
    throw new AppError({
      code: 'auth.last_passkey',
      kind: 'conflict',
      message: 'nothing else opens this account: set a password or add another passkey first',
    });
  }
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'auth.passkey_removed',
    message: `A passkey was removed: ${removed.name}`,
    subject: `passkey:${id}`,
  });
  tellSignInChanged(tx, user_id, { passkey_id: id });
}
