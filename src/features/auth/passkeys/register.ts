import { record } from '#features/activity/index.ts';
import type { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { newId } from '#platform/ids/index.ts';
import type { InSession, SecurityRequest } from '../confirm.ts';
import { deviceName, deviceOf } from '../device.ts';
import { insertPasskey, selectLibraryUser, selectPasskeys, type PasskeyRow } from '../queries/passkeys.ts';
import { challengeOf, CHALLENGE_MS, newChallenge, takeChallenge } from './challenges.ts';
import type { registrationResponse } from './contract.ts';
import { algorithms, type RelyingParty } from './relying-party.ts';

/** More passkeys than anybody has devices. */
const MOST_PASSKEYS = 50;

const webauthn = async () => await import('@simplewebauthn/server');

function unacceptable(message: string, cause?: unknown): AppError {
  return new AppError({
    code: 'auth.bad_passkey',
    kind: 'invalid',
    message: `response: ${message}`,
    problems: [{ path: 'response', message }],
    ...(cause !== undefined && { cause }),
  });
}

/** What a browser needs to make a passkey for one who is signed in. */
export async function registrationOptionsFor(
  database: Database,
  { user_id, session_id }: InSession,
  party: RelyingParty,
  attachment: 'platform' | 'cross-platform' | undefined,
) {
  const { user, passkeys } = await database.asUser(user_id, async (tx) => ({
    user: await selectLibraryUser(tx.db, user_id),
    passkeys: await selectPasskeys(tx.db, user_id),
  }));
  const { generateRegistrationOptions } = await webauthn();
  return await generateRegistrationOptions({
    rpName: 'Famulus',
    rpID: party.id,
    userID: new Uint8Array(Buffer.from(user_id.replaceAll('-', ''), 'hex')),
    userName: user?.email ?? user?.name ?? user_id,
    userDisplayName: user?.name ?? '',
    challenge: await newChallenge(database, { purpose: 'register', owner: session_id }),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: passkeys.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    authenticatorSelection: {
      residentKey: 'required',
      userVerification: 'required',
      ...(attachment !== undefined && { authenticatorAttachment: attachment }),
    },
  });
}

type RegistrationResponse = z.output<typeof registrationResponse>;

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
  await countAttempt(database, { action: 'passkey', address: request.address, account: user_id });
  const challenge = challengeOf(response.response.clientDataJSON);
  const owner = { purpose: 'register' as const, owner: session_id };
  if (challenge === undefined || !(await takeChallenge(database, owner, challenge)))
    throw unacceptable('answers no challenge of this session, or one that is over: begin again');
  const info = await verified(response, challenge, party);
  const { id, publicKey, counter, transports = [] } = info.credential;
  const device = deviceOf(request);
  return await database.asUser(user_id, async (tx) => {
    if ((await selectPasskeys(tx.db, user_id)).length >= MOST_PASSKEYS)
      throw invalidField('response', `you have ${MOST_PASSKEYS} passkeys: remove one first`);
    const made = await insertPasskey(tx.db, {
      id: newId(),
      user_id,
      name: name ?? deviceName(device.user_agent),
      credential_id: id,
      public_key: Buffer.from(publicKey),
      counter,
      transports,
      device_type: info.credentialDeviceType,
      is_backed_up: info.credentialBackedUp,
    });
    if (!made) {
      throw new AppError({
        code: 'auth.passkey_known',
        kind: 'conflict',
        message: 'this passkey is known already',
      });
    }
    await record(tx, {
      user_id,
      actor: 'user',
      type: 'auth.passkey_added',
      message: `A passkey was added: ${made.name}`,
      subject: `passkey:${made.id}`,
      metadata: { address: device.address },
    });
    return made;
  });
}

async function verified(response: RegistrationResponse, challenge: string, party: RelyingParty) {
  try {
    await refuseCertificates(response.response.attestationObject);
    const { verifyRegistrationResponse } = await webauthn();
    const { registrationInfo } = await verifyRegistrationResponse({
      response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (registrationInfo) return registrationInfo;
  } catch (cause) {
    throw unacceptable('is no passkey for this site that asked who you are', cause);
  }
  throw unacceptable('is no passkey for this site');
}

/**
 * We ask for no attestation, so honest browsers send no certificates; checking them would have us fetch revocation lists
 * from whatever address stands in them.
 */
async function refuseCertificates(attestationObject: string): Promise<void> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const bytes = new Uint8Array(Buffer.from(attestationObject, 'base64url'));
  const decoded = decodeAttestationObject(bytes);
  const isPlain = decoded.get('fmt') === 'none';
  const isOwn = decoded.get('fmt') === 'packed' && decoded.get('attStmt').get('x5c') === undefined;
  if (!isPlain && !isOwn) throw new TypeError('an attestation nobody asked for');
}
