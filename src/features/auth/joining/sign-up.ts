import { readSetting } from '#features/settings/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { checkNewPassword } from '../password-policy.ts';
import { registrationClosed } from './invitations.ts';
import { shownAccount, type CreateUser, type MadeAccount, type NewAccount } from './new-account.ts';

/**
 * Makes an account for whoever asks, where the installation is open to all.
 * @throws AppError `auth.registration_closed`, `auth.weak_password`, `users.email_taken`
 */
export async function signUp(
  { database, createUser }: { database: Database; createUser: CreateUser },
  { password, ...account }: NewAccount,
): Promise<MadeAccount> {
  const registration = await readSetting(database.system, 'registration');
  if (registration === 'invite') throw registrationClosed('accounts are made by invitation here');
  if (registration === 'closed') throw registrationClosed('no accounts are made here at present');
  await checkNewPassword(password, account);
  const password_hash = await hashPassword(password);
  return await database.asSystem(async (tx) =>
    shownAccount(await createUser(tx, { ...account, role: 'member' }, password_hash)),
  );
}
