import type { Database } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import type { Caller, RequestInfo } from '#platform/http/route.ts';
import { deviceOf } from './device.ts';
import { confirmPassword } from './passwords.ts';
import { selectSignInUser, type SignInUser } from './queries/accounts.ts';

export type SecurityRequest = Pick<RequestInfo, 'headers' | 'address'>;

/** Somebody who signed in, in a browser or for an access token. */
export interface InSession {
  user_id: string;
  session_id: string;
}

/** An API token may not change how its user signs in. @throws AppError `auth.session_required` */
export function inSession({ user_id, session_id }: Caller): InSession {
  if (session_id !== null) return { user_id, session_id };
  throw new AppError({
    code: 'auth.session_required',
    kind: 'forbidden',
    message: 'this needs somebody who has signed in: an API token does not do',
  });
}

/**
 * Asks for the password again before something that matters. Counted as an attempt.
 * @throws AppError 422 `auth.bad_password` with the field's path; 409 `auth.no_password` where there is none
 */
export async function confirm(
  database: Database,
  { session: { user_id }, request }: { session: InSession; request: SecurityRequest },
  password: string,
  field = 'password',
): Promise<SignInUser> {
  await countAttempt(database, { action: 'password', address: request.address, account: user_id });
  if ((await selectSignInUser(database.system, { id: user_id }))?.password === null) {
    throw new AppError({
      code: 'auth.no_password',
      kind: 'conflict',
      message: 'this account has no password yet: set one first',
    });
  }
  const user = await confirmPassword(database, { user_id, password, device: deviceOf(request) });
  if (!user) throw invalidField(field, 'is not the password of this account', 'auth.bad_password');
  return user;
}

/**
 * Makes sure that it is the user who asks, and not whoever found a token or an open screen: signed in, and with the
 * password where there is one.
 * @throws AppError `auth.session_required`; 422 with the path `password`
 */
export async function confirmOwner(
  database: Database,
  { caller, request }: { caller: Caller; request: SecurityRequest },
  password: string | undefined,
): Promise<void> {
  const session = inSession(caller);
  const user = await selectSignInUser(database.system, { id: session.user_id });
  // Whoever signs in with a passkey alone.
  if (user?.password === null) return;
  if (password === undefined) throw invalidField('password', 'is required');
  await confirm(database, { session, request }, password);
}
