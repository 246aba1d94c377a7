import { record } from '#features/activity/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import type { Caller } from '#platform/http/route.ts';
import { newId } from '#platform/ids/index.ts';
import { inSession, type SecurityRequest } from './confirm.ts';
import type { Library } from './library/index.ts';
import { noDoor } from './library/session-doors.ts';
import { checkNewPassword } from './password-policy.ts';
import { insertFirstPassword, lockSignIn, selectSignInUser } from './queries/accounts.ts';
import { selectPasskeys } from './queries/passkeys.ts';
import { tellSignInChanged } from './tell.ts';

/** How a user can sign in. */
export interface SignInMethods {
  password: boolean;
  two_factor: boolean;
  recovery_codes_left: number;
  passkeys: number;
}

export async function signInMethods(
  { database, library }: { database: Database; library: Library },
  user_id: string,
): Promise<SignInMethods> {
  const [user, passkeys] = await Promise.all([
    selectSignInUser(database.system, { id: user_id }),
    database.asUser(user_id, async (tx) => await selectPasskeys(tx.db, user_id)),
  ]);
  const two_factor = user?.two_factor_enabled === true;
  return {
    password: user !== undefined && user.password !== null,
    two_factor,
    recovery_codes_left: two_factor ? await recoveryCodesLeft({ database, library }, user_id) : 0,
    passkeys: passkeys.length,
  };
}

async function recoveryCodesLeft(
  { database, library }: { database: Database; library: Library },
  user_id: string,
): Promise<number> {
  await library.load();
  const outcome = await database.asSystem(
    async (tx) =>
      await library.run(
        { tx, sessions: noDoor, user_id },
        '',
        async (api, options) => await api.viewBackupCodes({ ...options, body: { userId: user_id } }),
      ),
  );
  // Refused: the second factor was switched off a moment ago.
  return outcome.status === 'done' ? outcome.body.backupCodes.length : 0;
}

/**
 * Gives one who signs in by passkey alone a password.
 * @throws AppError `auth.session_required`; 409 `auth.has_password`; 422 `auth.weak_password` with `newPassword`
 */
export async function setFirstPassword(
  database: Database,
  { caller, request }: { caller: Caller; request: SecurityRequest },
  newPassword: string,
): Promise<void> {
  const { user_id } = inSession(caller);
  await countAttempt(database, { action: 'password', address: request.address, account: user_id });
  const user = await selectSignInUser(database.system, { id: user_id });
  if (!user || user.password !== null) throw hasPassword();
  await checkNewPassword(newPassword, user, 'newPassword');
  const password = await hashPassword(newPassword);
  await database.asSystem(async (tx) => {
    await lockSignIn(tx.db, user_id);
    if (!(await insertFirstPassword(tx.db, { id: newId(), user_id, password }))) throw hasPassword();
    await record(tx, {
      user_id,
      actor: 'user',
      type: 'auth.password_set',
      message: 'A first password was set',
      subject: `user:${user_id}`,
    });
    tellSignInChanged(tx, user_id, { user_id });
  });
}

function hasPassword(): AppError {
  return new AppError({
    code: 'auth.has_password',
    kind: 'conflict',
    message: 'this account has a password: change it with the one it has',
  });
}
