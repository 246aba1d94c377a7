import { readSetting } from '#features/settings/index.ts';
import type { Database } from '#platform/db/index.ts';
import { registrationClosed } from './invitations.ts';
import {
  makeAccount,
  type CreateUser,
  type Joiner,
  type MadeAccount,
  type NewAccount,
} from './new-account.ts';
import { checkPasswordOf } from './way-in.ts';

/**
 * Makes an account for whoever asks, where the installation is open to all.
 * @throws AppError `auth.registration_closed`, `auth.weak_password`, `users.email_taken`
 */
export async function signUp(
  { database, createUser }: { database: Database; createUser: CreateUser },
  joiner: Joiner,
  { password, ...account }: NewAccount & { password: string },
): Promise<MadeAccount> {
  const registration = await readSetting(database.system, 'registration');
  if (registration === 'invite') throw registrationClosed('accounts are made by invitation here');
  if (registration === 'closed') throw registrationClosed('no accounts are made here at present');
  const way_in = await checkPasswordOf(password, account);
  const parts = { createUser, joiner, way_in };
  return await database.asSystem(
    async (tx) => await makeAccount(tx, parts, { ...account, role: 'member' }, 'sign_up'),
  );
}
