import { record } from '#features/activity/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import type { Caller } from '#platform/http/route.ts';
import { confirm, inSession, type SecurityRequest } from '../confirm.ts';
import { deviceOf } from '../device.ts';
import type { Library, LibraryCall, Outcome } from '../library/index.ts';
import { callerDoor } from '../library/session-doors.ts';
import { recordFailedSignIn } from '../passwords.ts';
import { lockSignIn } from '../queries/accounts.ts';
import { selectTwoFactorEnabled } from '../queries/two-factors.ts';
import { deleteTrustedDevices } from '../queries/verifications.ts';
import { tellSignInChanged } from '../tell.ts';
import { weighCode, type Code } from './codes.ts';
import { qrSvg } from './qr-code.ts';
import { recordUsedRecoveryCode } from './sign-in.ts';

interface Parts {
  database: Database;
  library: Library;
}

interface Asked {
  caller: Caller;
  request: SecurityRequest;
}

/** Calls the library for one who is signed in and has said their password again. */
async function withPassword<T>(
  { database, library }: Parts,
  { caller, request }: Asked,
  password: string,
  call: LibraryCall<T>,
  then: (tx: Tx, user_id: string) => Promise<void>,
): Promise<Outcome<T>> {
  const session = inSession(caller);
  const { id: user_id, password: hash } = await confirm(database, { session, request }, password);
  const cookie = await library.callerCookie(request.headers.get('cookie'));
  await library.load();
  return await database.asSystem(async (tx) => {
    await lockSignIn(tx.db, user_id);
    const confirmed = { password, hash: hash! };
    const act = { tx, sessions: callerDoor(tx, session), user_id, confirmed };
    const outcome = await library.run(act, cookie, call);
    if (outcome.status === 'done') await then(tx, user_id);
    return outcome;
  });
}

/** Makes a secret and recovery codes. They count from the first right code on. */
export async function beginTwoFactor(
  parts: Parts,
  asked: Asked,
  { password, issuer }: { password: string; issuer?: string | undefined },
): Promise<Outcome<unknown>> {
  const outcome = await withPassword(
    parts,
    asked,
    password,
    async (api, options) =>
      await api.enableTwoFactor({ ...options, body: { password, ...(issuer !== undefined && { issuer }) } }),
    async () => {},
  );
  return withQrCode(outcome);
}

/** Takes the second factor away. */
export async function disableTwoFactor(
  parts: Parts,
  asked: Asked,
  password: string,
): Promise<Outcome<unknown>> {
  return await withPassword(
    parts,
    asked,
    password,
    async (api, options) => await api.disableTwoFactor({ ...options, body: { password } }),
    async (tx, user_id) => {
      await deleteTrustedDevices(tx.db, user_id);
      await recordChange(tx, user_id, 'disabled', 'Two-factor sign-in was switched off');
    },
  );
}

/** What an authenticator app is set up with, once more. */
export async function totpUri(parts: Parts, asked: Asked, password: string): Promise<Outcome<unknown>> {
  const outcome = await withPassword(
    parts,
    asked,
    password,
    async (api, options) => await api.getTOTPURI({ ...options, body: { password } }),
    async (tx, user_id) =>
      await recordChange(tx, user_id, 'shown', 'The secret of two-factor sign-in was shown'),
  );
  return withQrCode(outcome);
}

/** Beside the address for authenticator apps, the picture of it that they read. */
function withQrCode<T extends object>(outcome: Outcome<T>): Outcome<unknown> {
  if (outcome.status === 'refused' || !('totpURI' in outcome.body)) return outcome;
  return { ...outcome, body: { ...outcome.body, qr_svg: qrSvg(String(outcome.body.totpURI)) } };
}

/** New recovery codes in place of the old. */
export async function newRecoveryCodes(
  parts: Parts,
  asked: Asked,
  password: string,
): Promise<Outcome<unknown>> {
  return await withPassword(
    parts,
    asked,
    password,
    async (api, options) => await api.generateBackupCodes({ ...options, body: { password } }),
    async (tx, user_id) => await recordChange(tx, user_id, 'recovery_codes', 'New recovery codes were made'),
  );
}

/** A code from one who is signed in. The first right one of an app switches two-factor sign-in on. */
export async function confirmCode(
  { database, library }: Parts,
  { caller, request }: Asked,
  code: Code,
): Promise<Outcome<unknown>> {
  const session = inSession(caller);
  const { user_id } = session;
  await countAttempt(database, { action: 'two-factor', address: request.address, account: user_id });
  const cookie = await library.callerCookie(request.headers.get('cookie'));
  await library.load();
  return await database.asSystem(async (tx) => {
    await lockSignIn(tx.db, user_id);
    const wasOn = await selectTwoFactorEnabled(tx.db, user_id);
    const outcome = await weighCode(
      { tx, library },
      { user_id, sessions: callerDoor(tx, session), cookie },
      code,
    );
    if (outcome.status === 'refused') {
      await recordFailedSignIn(tx, user_id, code.method, deviceOf(request));
    } else if (code.method === 'recovery_code') await recordUsedRecoveryCode(tx, user_id);
    else if (!wasOn) await recordChange(tx, user_id, 'enabled', 'Two-factor sign-in was switched on');
    return outcome;
  });
}

async function recordChange(tx: Tx, user_id: string, what: string, message: string): Promise<void> {
  await record(tx, {
    user_id,
    actor: 'user',
    type: `auth.two_factor_${what}`,
    message,
    subject: `user:${user_id}`,
  });
  tellSignInChanged(tx, user_id, { user_id });
}
