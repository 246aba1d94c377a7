import { record } from '#features/activity/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { deviceOf } from '../device.ts';
import type { SecurityRequest } from '../confirm.ts';
import type { Library, Outcome } from '../library/index.ts';
import { pendingDoor } from '../library/session-doors.ts';
import { recordFailedSignIn } from '../passwords.ts';
import { lockSignIn } from '../queries/accounts.ts';
import { selectPendingSession, updateSession, type SessionRow } from '../queries/sessions.ts';
import { tellSignInChanged } from '../tell.ts';
import { weighCode, type Code } from './codes.ts';

/** After so many wrong codes a sign-in has to begin anew. */
const MOST_WRONG_CODES = 5;

function over(): AppError {
  return new AppError({
    code: 'auth.second_factor_expired',
    kind: 'unauthenticated',
    message: 'no sign-in waits for a code here, or not any more: sign in again',
  });
}

/**
 * Completes the sign-in that this browser has begun.
 * @throws AppError `auth.second_factor_expired` when there is none, or it took too long or too many codes
 */
export async function completeSignIn(
  { database, library }: { database: Database; library: Library },
  request: SecurityRequest,
  code: Code,
): Promise<Outcome<unknown>> {
  const cookie = request.headers.get('cookie') ?? '';
  const challenge = await library.challengeIn(cookie);
  const waiting =
    challenge === undefined ? undefined : await selectPendingSession(database.system, challenge);
  if (challenge === undefined || !waiting) throw over();
  const { user_id } = waiting;
  await countAttempt(database, { action: 'two-factor', address: request.address, account: user_id });
  await library.load();
  return await database.asSystem(async (tx) => {
    await lockSignIn(tx.db, user_id);
    const pending = await selectPendingSession(tx.db, challenge);
    if (!pending) throw over();
    const outcome = await weighCode(
      { tx, library },
      { user_id, sessions: pendingDoor(tx, pending, code.method), cookie },
      code,
    );
    if (outcome.status === 'refused') {
      await countWrongCode(tx, pending);
      await recordFailedSignIn(tx, user_id, code.method, deviceOf(request));
    } else if (code.method === 'recovery_code') await recordUsedRecoveryCode(tx, user_id);
    return outcome;
  });
}

async function countWrongCode(tx: Tx, { id, session_metadata }: SessionRow): Promise<void> {
  const { wrong_codes: before = 0 } = session_metadata as { wrong_codes?: number };
  const wrong_codes = before + 1;
  await updateSession(tx.db, id, {
    metadata: { wrong_codes },
    ...(wrong_codes >= MOST_WRONG_CODES && { status: 'error' as const, token: null }),
  });
}

export async function recordUsedRecoveryCode(tx: Tx, user_id: string): Promise<void> {
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'auth.recovery_code_used',
    level: 'warning',
    message: 'A recovery code was used',
    subject: `user:${user_id}`,
  });
  tellSignInChanged(tx, user_id, { user_id });
}
