import type { z } from 'zod';
import { record } from '#features/activity/index.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { newSessionToken, openBrowserSession } from '../browser-session.ts';
import type { SecurityRequest } from '../confirm.ts';
import { deviceOf } from '../device.ts';
import { shownSession } from '../library/shown-session.ts';
import { recordFailedSignIn } from '../passwords.ts';
import {
  selectLibraryUser,
  selectPasskeyByCredential,
  usePasskey,
  type PasskeyOfUser,
} from '../queries/passkeys.ts';
import { selectSessionById } from '../queries/sessions.ts';
import { challengeOf, CHALLENGE_MS, newChallenge, takeChallenge } from './challenges.ts';
import type { authenticationResponse } from './contract.ts';
import type { RelyingParty } from './relying-party.ts';

const webauthn = async () => await import('@simplewebauthn/server');

function refused(cause?: unknown): AppError {
  return new AppError({
    code: 'auth.bad_passkey',
    kind: 'unauthenticated',
    message: 'this passkey opens no account here, or the attempt took too long: begin again',
    ...(cause !== undefined && { cause }),
  });
}

/** What a browser needs to ask for any passkey of this site. `browser`: the secret of its cookie. */
export async function authenticationOptionsFor(database: Database, browser: string, party: RelyingParty) {
  const { generateAuthenticationOptions } = await webauthn();
  return await generateAuthenticationOptions({
    rpID: party.id,
    challenge: await newChallenge(database, { purpose: 'authenticate', owner: browser }),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  });
}

type AuthenticationResponse = z.output<typeof authenticationResponse>;

/**
 * Signs in by a passkey, which has asked who it is: no second factor is to come. Returns the session's token.
 * @throws AppError 401 `auth.bad_passkey`
 */
export async function signInByPasskey(
  database: Database,
  { request, browser, party }: { request: SecurityRequest; browser: string | undefined; party: RelyingParty },
  response: AuthenticationResponse,
) {
  await countAttempt(database, { action: 'passkey', address: request.address, account: response.id });
  const challenge = challengeOf(response.response.clientDataJSON);
  if (browser === undefined || challenge === undefined) throw refused();
  const owner = { purpose: 'authenticate' as const, owner: browser };
  if ((await takeChallenge(database, owner, challenge)) === undefined) throw refused();
  const passkey = await selectPasskeyByCredential(database.system, response.id);
  if (!passkey) throw refused();
  const device = deviceOf(request);
  const { user_id } = passkey;
  const made = await verified(passkey, response, challenge, party).then(
    async ({ newCounter, credentialBackedUp }) =>
      await database.asSystem(async (tx) => {
        const use = { counter: newCounter, is_backed_up: credentialBackedUp };
        if (!(await usePasskey(tx.db, passkey.id, use))) return undefined;
        const token = newSessionToken();
        const { id } = await openBrowserSession(tx, {
          user_id,
          method: 'passkey',
          device,
          token,
          metadata: { passkey_id: passkey.id },
        });
        await record(tx, {
          user_id,
          actor: 'user',
          type: 'auth.passkey_used',
          message: `A passkey was used: ${passkey.name}`,
          subject: `passkey:${passkey.id}`,
        });
        const session = await selectSessionById(tx.db, id);
        const user = await selectLibraryUser(tx.db, user_id);
        return session && user && { token, session: shownSession(session), user };
      }),
    (cause: unknown) => ({ cause }),
  );
  if (made && 'token' in made) return made;
  await database.asSystem(async (tx) => await recordFailedSignIn(tx, user_id, 'passkey', device));
  throw refused(made?.cause);
}

async function verified(
  { credential_id, public_key, counter, transports, user_id, is_active }: PasskeyOfUser,
  response: AuthenticationResponse,
  challenge: string,
  party: RelyingParty,
) {
  const { userHandle } = response.response;
  const handle = Buffer.from(user_id.replaceAll('-', ''), 'hex').toString('base64url');
  if (!is_active) throw new TypeError('the account is not active');
  if (typeof userHandle === 'string' && userHandle !== handle)
    throw new TypeError('the passkey of another user');
  const { verifyAuthenticationResponse } = await webauthn();
  const { verified: isVerified, authenticationInfo } = await verifyAuthenticationResponse({
    response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: { id: credential_id, publicKey: new Uint8Array(public_key), counter, transports },
  });
  if (!isVerified) throw new TypeError('the signature is wrong');
  return authenticationInfo;
}
