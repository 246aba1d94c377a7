import type { Database } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import type { InSession, SecurityRequest } from '../confirm.ts';
import { deviceOf } from '../device.ts';
import { selectLibraryUser, selectPasskeys, type PasskeyRow } from '../queries/passkeys.ts';
import { challengeOf, newChallenge, takeChallenge } from './challenges.ts';
import {
  keepPasskey,
  registrationOptions,
  unacceptable,
  verifyRegistration,
  type RegistrationResponse,
} from './registration.ts';
import type { RelyingParty } from './relying-party.ts';

/** More passkeys than anybody has devices. */
const MOST_PASSKEYS = 50;

/** What a browser needs to make a passkey for one who is signed in. */
export async function registrationOptionsFor(
  database: Database,
  { user_id, session_id }: InSession,
  party: RelyingParty,
  attachment: 'platform' | 'cross-platform' | undefined,
) {
  const { user, known } = await database.asUser(user_id, async (tx) => ({
    user: await selectLibraryUser(tx.db, user_id),
    known: await selectPasskeys(tx.db, user_id),
  }));
  const challenge = await newChallenge(database, { purpose: 'register', owner: session_id });
  return await registrationOptions(
    { id: user_id, name: user?.email ?? user?.name ?? user_id, display_name: user?.name ?? '' },
    { party, challenge, known, attachment },
  );
}

/**
 * Keeps the passkey that a browser has made.
 * @throws AppError 422 `auth.bad_passkey`; 409 `auth.passkey_known`
 */
export async function registerPasskey(
  database: Database,
  { session, request, party }: { session: InSession; request: SecurityRequest; party: RelyingParty },
  { response, name }: { response: RegistrationResponse; name: string | undefined },
): Promise<PasskeyRow> {
  const { user_id, session_id } = session;
  const field = 'response';
  await countAttempt(database, { action: 'passkey', address: request.address, account: user_id });
  const challenge = challengeOf(response.response.clientDataJSON);
  const owner = { purpose: 'register' as const, owner: session_id };
  if (challenge === undefined || (await takeChallenge(database, owner, challenge)) === undefined)
    throw unacceptable(field, 'answers no challenge of this session, or one that is over: begin again');
  const passkey = await verifyRegistration(response, { challenge, party, field });
  return await database.asUser(user_id, async (tx) => {
    if ((await selectPasskeys(tx.db, user_id)).length >= MOST_PASSKEYS)
      throw invalidField(field, `you have ${MOST_PASSKEYS} passkeys: remove one first`);
    return await keepPasskey(tx, { user_id, passkey, name, device: deviceOf(request) });
  });
}
