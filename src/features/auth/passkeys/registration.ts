import type { z } from 'zod';
import { record } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { deviceName, type Device } from '../device.ts';
import { insertPasskey, type PasskeyRow } from '../queries/passkeys.ts';
import { tellSignInChanged } from '../tell.ts';
import { CHALLENGE_MS } from './challenges.ts';
import type { registrationResponse } from './contract.ts';
import { algorithms, type RelyingParty } from './relying-party.ts';

const webauthn = async () => await import('@simplewebauthn/server');

export type RegistrationResponse = z.output<typeof registrationResponse>;

/** What the browser sent as `field` is no passkey for us. */
export function unacceptable(field: string, message: string, cause?: unknown): AppError {
  return new AppError({
    code: 'auth.bad_passkey',
    kind: 'invalid',
    message: `${field}: ${message}`,
    problems: [{ path: field, message }],
    ...(cause !== undefined && { cause }),
  });
}

/** What a browser needs to make a passkey for this user. */
export async function registrationOptions(
  { id, name, display_name }: { id: string; name: string; display_name: string },
  {
    party,
    challenge,
    known = [],
    attachment,
  }: {
    party: RelyingParty;
    challenge: Uint8Array<ArrayBuffer>;
    /** Those the user has. */
    known?: PasskeyRow[];
    attachment?: 'platform' | 'cross-platform' | undefined;
  },
) {
  const { generateRegistrationOptions } = await webauthn();
  return await generateRegistrationOptions({
    rpName: 'Famulus',
    rpID: party.id,
    userID: new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex')),
    userName: name,
    userDisplayName: display_name,
    challenge,
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    authenticatorSelection: {
      residentKey: 'required',
      userVerification: 'required',
      ...(attachment !== undefined && { authenticatorAttachment: attachment }),
    },
  });
}

export type NewPasskey = Awaited<ReturnType<typeof verifyRegistration>>;

/** The passkey in what a browser answered to this challenge, sent as `field`. @throws AppError 422 `auth.bad_passkey` */
export async function verifyRegistration(
  response: RegistrationResponse,
  { challenge, party, field }: { challenge: string; party: RelyingParty; field: string },
) {
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
    throw unacceptable(field, 'is no passkey for this site that asked who you are', cause);
  }
  throw unacceptable(field, 'is no passkey for this site');
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

/** Gives the user this passkey. Without a name it is called like the device. @throws AppError 409 `auth.passkey_known` */
export async function keepPasskey(
  tx: Tx,
  { user_id, passkey, name, device }: KeptPasskey,
): Promise<PasskeyRow> {
  const { id, publicKey, counter, transports = [] } = passkey.credential;
  const made = await insertPasskey(tx.db, {
    id: newId(),
    user_id,
    name: name ?? deviceName(device.user_agent),
    credential_id: id,
    public_key: Buffer.from(publicKey),
    counter,
    transports,
    device_type: passkey.credentialDeviceType,
    is_backed_up: passkey.credentialBackedUp,
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
  tellSignInChanged(tx, user_id, { passkey_id: made.id });
  return made;
}

interface KeptPasskey {
  user_id: string;
  passkey: NewPasskey;
  name: string | undefined;
  device: Device;
}
