import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** What a test may have its authenticator do wrong. */
export interface Misdeeds {
  origin?: string;
  rp_id?: string;
  counter?: number;
  /** Says that it did not ask who its user is. */
  unverified?: boolean;
  challenge?: string;
  fmt?: string;
  /** Sends a certificate with its attestation. */
  certificate?: boolean;
  userHandle?: string;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

/** An authenticator in software: one passkey on P-256, as WebAuthn level 3 has it, attestation `none`. */
export function softwareAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  const rpId = new URL(origin).hostname;
  let counter = 0;
  let userHandle: string | undefined;

  function clientData(type: string, challenge: string, { origin: other = origin }: Misdeeds): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: other, crossOrigin: false }));
  }

  function authenticatorData(misdeeds: Misdeeds, attested?: Buffer): Buffer {
    const flags = 0b0001 | (misdeeds.unverified ? 0 : 0b0100) | (attested ? 0b0100_0000 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(misdeeds.counter ?? ++counter);
    const parts = [sha256(misdeeds.rp_id ?? rpId), Buffer.from([flags]), count];
    return Buffer.concat(attested ? [...parts, attested] : parts);
  }

  const credential = { id, rawId: id, type: 'public-key', clientExtensionResults: {} };

  return {
    id,
    /** Answers the options of a registration as a browser does. */
    create(options: { challenge: string; user: { id: string } }, misdeeds: Misdeeds = {}) {
      userHandle = options.user.id;
      const data = clientData('webauthn.create', misdeeds.challenge ?? options.challenge, misdeeds);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey)]);
      const attestationObject = cbor(
        new Map<string, unknown>([
          ['fmt', misdeeds.fmt ?? 'none'],
          ['attStmt', new Map(misdeeds.certificate ? [['x5c', Buffer.from('a certificate')]] : [])],
          ['authData', authenticatorData(misdeeds, attested)],
        ]),
      );
      return {
        ...credential,
        response: {
          clientDataJSON: data.toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    /** Answers the options of a sign-in as a browser does. */
    get(options: { challenge: string }, misdeeds: Misdeeds = {}) {
      const data = clientData('webauthn.get', misdeeds.challenge ?? options.challenge, misdeeds);
      const authData = authenticatorData(misdeeds);
      const signed = createSign('sha256').update(Buffer.concat([authData, sha256(data)]));
      return {
        ...credential,
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signed.sign(privateKey).toString('base64url'),
          userHandle: misdeeds.userHandle ?? userHandle,
        },
      };
    },
  };
}

/** A public key of ES256 as COSE has it (RFC 9053). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

/** As much of CBOR (RFC 8949) as the above needs: small integers, bytes, text and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  const map = value as Map<unknown, unknown>;
  return Buffer.concat([head(5, map.size), ...[...map].flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

function head(major: number, count: number): Buffer {
  const type = major << 5;
  if (count < 24) return Buffer.from([type | count]);
  if (count < 256) return Buffer.from([type | 24, count]);
  return Buffer.from([type | 25, count >> 8, count & 255]);
}
