import type { Database } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Device } from '../device.ts';
import type { Library, SessionDoor } from '../library/index.ts';
import { noDoor } from '../library/session-doors.ts';
import { SECOND_FACTOR_S } from '../library/second-factor-time.ts';
import { recordFailedSignIn } from '../passwords.ts';
import { insertVerification, takeVerification } from '../queries/verifications.ts';
import { weighCode } from './codes.ts';
import { recordUsedRecoveryCode } from './sign-in.ts';

/**
 * Whether this is a code of the user's app or one of their recovery codes, for a sign-in without a browser. Used up by
 * it. The caller counts attempts.
 * @throws AppError `auth.account_temporarily_locked` (429) after too many wrong codes
 */
export async function checkSecondFactor(
  { database, library }: { database: Database; library: Library },
  { user_id, code, device }: { user_id: string; code: string; device?: Device },
): Promise<boolean> {
  const digits = code.replaceAll(/[\s-]/g, '');
  const method = /^\d{6}$/.test(digits) ? 'totp' : 'recovery_code';
  const challenge = `2fa-${newId()}`;
  const cookie = await library.challengeCookie(challenge);
  await library.load();
  const outcome = await database.asSystem(async (tx) => {
    // What the library keeps for a browser between its two requests.
    const lifetime_ms = SECOND_FACTOR_S * 1000;
    const attempts = `2fa-attempts-${challenge}`;
    await insertVerification(tx.db, { id: newId(), identifier: challenge, value: user_id, lifetime_ms });
    await insertVerification(tx.db, { id: newId(), identifier: attempts, value: '0', lifetime_ms });
    const weighed = await weighCode(
      { tx, library },
      { user_id, sessions: answeredDoor(user_id), cookie },
      { method, code: method === 'totp' ? digits : code.trim() },
    );
    await takeVerification(tx.db, challenge);
    await takeVerification(tx.db, attempts);
    if (weighed.status === 'refused') await recordFailedSignIn(tx, user_id, method, device);
    else if (method === 'recovery_code') await recordUsedRecoveryCode(tx, user_id);
    return weighed;
  });
  if (outcome.status === 'refused' && outcome.error.kind === 'rate_limited') throw outcome.error;
  return outcome.status === 'done';
}

/** The library answers a right code with a session; here somebody else makes it. */
function answeredDoor(userId: string): SessionDoor {
  return {
    ...noDoor,
    create: async ({ token, expiresAt }) => {
      const now = new Date();
      const dates = { expiresAt, createdAt: now, updatedAt: now };
      return await Promise.resolve({
        id: newId(),
        userId,
        token,
        ...dates,
        ipAddress: null,
        userAgent: null,
      });
    },
  };
}
