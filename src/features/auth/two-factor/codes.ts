import { hashToken } from '#platform/crypto/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Act, Library, Outcome } from '../library/index.ts';
import { lockTwoFactor } from '../queries/two-factors.ts';
import { insertVerification, isVerificationKept } from '../queries/verifications.ts';

/** A code from an app, or one of the recovery codes. */
export interface Code {
  method: 'totp' | 'recovery_code';
  code: string;
  trustDevice?: boolean | undefined;
}

/** Codes of the step before and after are taken, too: within this time one could come again. */
const REPLAY_MS = 120_000;

/** Is no code of any app. */
const NO_CODE = 'used';

/**
 * Has the library weigh a code. Codes for one user are weighed one after the other, and an app's code is good once
 * (RFC 6238, 5.2).
 */
export async function weighCode(
  { tx, library }: { tx: Tx; library: Library },
  { user_id, sessions, cookie }: Pick<Act, 'user_id' | 'sessions'> & { cookie: string },
  { method, code, trustDevice }: Code,
): Promise<Outcome<unknown>> {
  await lockTwoFactor(tx.db, user_id);
  const act = { tx, sessions, user_id };
  const trust = trustDevice !== undefined && { trustDevice };
  if (method === 'recovery_code') {
    return await library.run(
      act,
      cookie,
      async (api, options) => await api.verifyBackupCode({ ...options, body: { code, ...trust } }),
    );
  }
  const identifier = `totp-used-${hashToken(`${user_id} ${code}`)}`;
  const isUsed = await isVerificationKept(tx.db, identifier);
  const outcome = await library.run(
    act,
    cookie,
    async (api, options) =>
      await api.verifyTOTP({ ...options, body: { code: isUsed ? NO_CODE : code, ...trust } }),
  );
  if (outcome.status === 'done') {
    await insertVerification(tx.db, { id: newId(), identifier, value: user_id, lifetime_ms: REPLAY_MS });
  }
  return outcome;
}
