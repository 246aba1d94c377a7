import { z } from 'zod';
import { id, instant, text } from '#platform/http/fields.ts';
import { librarySession, libraryUser } from '../contract.ts';

/** Bytes as WebAuthn's JSON has them. */
function base64url(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/, 'must be base64url');
}

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
  clientExtensionResults: z.looseObject({}),
};

/** What `navigator.credentials.create()` gives, as JSON (WebAuthn, RegistrationResponseJSON). */
export const registrationResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url(8000),
    attestationObject: base64url(40_000),
    authenticatorData: base64url(20_000).optional(),
    transports: z.array(z.string().max(32)).max(10).optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: base64url(8000).nullish(),
  }),
});

/** What `navigator.credentials.get()` gives, as JSON (WebAuthn, AuthenticationResponseJSON). */
export const authenticationResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url(8000),
    authenticatorData: base64url(8000),
    signature: base64url(8000),
    userHandle: base64url(200).nullish(),
    attestationObject: base64url(40_000).nullish(),
  }),
});

export const passkeyName = text(100);

const descriptor = z.looseObject({ id: z.string(), type: z.string() });

export const registrationOptions = z
  .looseObject({
    challenge: z.string(),
    rp: z.looseObject({ name: z.string(), id: z.string().optional() }),
    user: z.looseObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.looseObject({ alg: z.int(), type: z.string() })),
    timeout: z.int().optional(),
    excludeCredentials: z.array(descriptor).optional(),
  })
  .meta({ description: 'For `navigator.credentials.create()`.' });

export const authenticationOptions = z
  .looseObject({
    challenge: z.string(),
    rpId: z.string().optional(),
    timeout: z.int().optional(),
    userVerification: z.string().optional(),
  })
  .meta({ description: 'For `navigator.credentials.get()`.' });

export const passkey = z
  .strictObject({
    id,
    name: z.string(),
    userId: id,
    credentialID: z.string(),
    publicKey: z.string().meta({ description: 'COSE, as base64' }),
    counter: z.int(),
    deviceType: z.string(),
    backedUp: z.boolean(),
    transports: z.string().meta({ description: 'Separated by commas' }),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
  })
  .meta({ id: 'Passkey' });

export const passkeySignIn = z.strictObject({ session: librarySession, user: libraryUser });
