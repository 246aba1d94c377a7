import { record } from '#features/activity/index.ts';
import { hashPassword, verifyPassword } from '#platform/crypto/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Device } from './device.ts';
import {
  commitWithoutWaiting,
  doNothing,
  selectSignInUser,
  upsertPassword,
  type SignInUser,
} from './queries/accounts.ts';

/** Gives a user a password, as a PHC string of `hashPassword`. For the system role. */
export async function setPasswordHash(tx: Tx, user_id: string, password: string): Promise<void> {
  await upsertPassword(tx.db, { id: newId(), user_id, password });
}

/** What the password is checked against where there is none, so that this takes as long. */
let nobodysHash: Promise<string> | undefined;

async function isRight(password: string, user: SignInUser | undefined): Promise<boolean> {
  const own = user?.is_active === true ? user.password : null;
  nobodysHash ??= hashPassword(newId());
  const matches = await verifyPassword(password, own ?? (await nobodysHash));
  return own !== null && matches;
}

/**
 * The user with this e-mail address and password. Undefined, after the same time, for an unknown address, a wrong password,
 * a user without one, or one who is not active. A failure is in the activity of the account it was aimed at.
 */
export async function checkPassword(
  database: Database,
  { email, password, device }: { email: string; password: string; device?: Device },
): Promise<SignInUser | undefined> {
  // Made ahead, or the very first stranger would wait twice as long.
  nobodysHash ??= hashPassword(newId());
  await nobodysHash;
  const user = await selectSignInUser(database.system, { email });
  if (await isRight(password, user)) return user;
  await noteFailure(database, user?.id, device);
  return undefined;
}

/** Writes the failure down, or does what takes as long where there is nobody to whose activity it belongs. */
async function noteFailure(
  database: Database,
  user_id: string | undefined,
  device: Device | undefined,
): Promise<void> {
  await database.asSystem(async (tx) => {
    await commitWithoutWaiting(tx.db);
    if (user_id === undefined) await doNothing(tx.db);
    else await recordFailedSignIn(tx, user_id, 'password', device);
  });
}

/** Whether this is the user's password: asked again before something that matters. */
export async function confirmPassword(
  database: Database,
  { user_id, password, device }: { user_id: string; password: string; device?: Device },
): Promise<SignInUser | undefined> {
  const user = await selectSignInUser(database.system, { id: user_id });
  if (await isRight(password, user)) return user;
  if (user) await noteFailure(database, user.id, device);
  return undefined;
}

/** Writes down that somebody tried to sign in and could not. */
export async function recordFailedSignIn(
  tx: Tx,
  user_id: string,
  method: 'password' | 'totp' | 'recovery_code' | 'passkey',
  device: Device | undefined,
): Promise<void> {
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'auth.sign_in_failed',
    level: 'warning',
    message: 'A sign-in failed',
    subject: `user:${user_id}`,
    metadata: { method, address: device?.address ?? null, user_agent: device?.user_agent ?? null },
  });
}
