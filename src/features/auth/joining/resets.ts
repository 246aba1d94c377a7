import { record } from '#features/activity/index.ts';
import { hashPassword, hashToken, newOneTimeToken } from '#platform/crypto/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { recordChangedPassword } from '../change-password.ts';
import { checkNewPassword } from '../password-policy.ts';
import { setPasswordHash } from '../passwords.ts';
import { lockSignIn, selectSignInUser } from '../queries/accounts.ts';
import { endSessions } from '../sessions.ts';
import { replaceLink, selectResetUser, useLink, type ResetUser } from './queries/links.ts';

const LIFETIME_MS = 86_400_000;

/**
 * Makes the link with which a user sets their password anew, once, within a day; the one before it opens nothing any
 * more. `by`: the admin who asked, null for the person at the machine. For the system role.
 * @throws AppError `users.not_found`
 */
export async function createResetToken(
  tx: Tx,
  { user_id, by }: { user_id: string; by: string | null },
): Promise<{ token: string; expires_at: Date }> {
  if (!(await selectSignInUser(tx.db, { id: user_id })))
    throw new AppError({ code: 'users.not_found', kind: 'not_found', message: 'There is no such user' });
  const { token, hash } = newOneTimeToken('reset');
  const link = { id: newId(), token_hash: hash, user_id, lifetime_ms: LIFETIME_MS };
  const expires_at = await replaceLink(tx.db, link);
  const entry = {
    type: 'auth.reset_link_created',
    message: 'An admin made a link that sets the password anew',
    subject: `user:${user_id}`,
    metadata: { by, expires_at: expires_at.toISOString() },
  };
  await record(tx, { ...entry, user_id, actor: by === user_id ? 'user' : 'system' });
  if (by !== null && by !== user_id) await record(tx, { ...entry, user_id: by, actor: 'user' });
  return { token, expires_at };
}

/** The link for a person. The token stands in the fragment: no server and no log sees it. */
export function resetLink(baseUrl: string, token: string): string {
  return `${baseUrl}/reset#token=${token}`;
}

function badToken(): AppError {
  return new AppError({
    code: 'auth.bad_reset_token',
    kind: 'forbidden',
    message: 'this link was used, replaced by a later one, or is over: ask an admin for another',
  });
}

/** Whose account a reset link opens. @throws AppError `auth.bad_reset_token` */
export async function checkResetToken(database: Database, token: string): Promise<ResetUser> {
  const user = await selectResetUser(database.system, hashToken(token));
  if (!user) throw badToken();
  return user;
}

/**
 * Sets the password anew and ends all sessions, those of programs included.
 * @throws AppError `auth.bad_reset_token`, `auth.weak_password` with the path `newPassword`
 */
export async function resetPassword(
  database: Database,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<void> {
  const user = await checkResetToken(database, token);
  await checkNewPassword(newPassword, user, 'newPassword');
  const password_hash = await hashPassword(newPassword);
  await database.asSystem(async (tx) => {
    await lockSignIn(tx.db, user.id);
    if (!(await useLink(tx.db, 'reset', hashToken(token)))) throw badToken();
    await setPasswordHash(tx, user.id, password_hash);
    await recordChangedPassword(tx, user.id);
    await endSessions(tx, user.id, { reason: 'password_changed' });
  });
}
