import { record } from '#features/activity/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import type { Caller } from '#platform/http/route.ts';
import { invalidField } from '#platform/errors/index.ts';
import { confirm, inSession, type SecurityRequest } from './confirm.ts';
import type { Library, Outcome } from './library/index.ts';
import { callerDoor } from './library/session-doors.ts';
import { checkNewPassword } from './password-policy.ts';
import { lockSignIn } from './queries/accounts.ts';
import { deleteTrustedDevices } from './queries/verifications.ts';
import { tellSignInChanged } from './tell.ts';

/**
 * Gives the caller another password and ends every other session of theirs, refresh tokens and trusted devices included.
 * @throws AppError 422 when the current password is wrong, or the new one too weak
 */
export async function changePassword(
  { database, library }: { database: Database; library: Library },
  { caller, request }: { caller: Caller; request: SecurityRequest },
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<Outcome<unknown>> {
  const session = inSession(caller);
  const user = await confirm(database, { session, request }, currentPassword, 'currentPassword');
  await checkNewPassword(newPassword, user, 'newPassword');
  if (newPassword === currentPassword) throw invalidField('newPassword', 'must be another one');
  const confirmed = { password: currentPassword, hash: user.password! };
  const hashed = { password: newPassword, hash: await hashPassword(newPassword) };
  const cookie = await library.callerCookie(request.headers.get('cookie'));
  await library.load();
  return await database.asSystem(async (tx) => {
    await lockSignIn(tx.db, user.id);
    const outcome = await library.run(
      { tx, sessions: callerDoor(tx, session), user_id: user.id, confirmed, hashed },
      cookie,
      async (api, options) =>
        await api.changePassword({
          ...options,
          body: { currentPassword, newPassword, revokeOtherSessions: true },
        }),
    );
    if (outcome.status === 'done') await recordChangedPassword(tx, user.id);
    return outcome;
  });
}

/** What follows from another password, however it came: trusted devices are none any more, and it is written down. */
export async function recordChangedPassword(tx: Tx, user_id: string): Promise<void> {
  await deleteTrustedDevices(tx.db, user_id);
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'auth.password_changed',
    message: 'The password was changed',
    subject: `user:${user_id}`,
  });
  tellSignInChanged(tx, user_id, { user_id });
}
