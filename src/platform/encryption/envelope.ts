import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { damaged } from './errors.ts';

/** Where a sealed value stands. It opens in no other place. `row_id` is the row's `id`. */
export interface Place {
  table: string;
  column: string;
  row_id: string;
}

/** 32 random bytes that seal values, and the id they are found by. */
export interface DataKey {
  id: string;
  bytes: Buffer;
}

const VERSION = 1;
const ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES;
const ALGORITHM = 'aes-256-gcm';

/** Each part behind its length, so that no two places are written the same. */
function associatedData(header: Buffer, parts: string[]): Buffer {
  const pieces = parts.flatMap((part) => {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat([header, ...pieces]);
}

const bytesOfId = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

const idOfBytes = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const partsOf = ({ table, column, row_id }: Place) => [table, column, row_id.toLowerCase()];

/**
 * AES-256-GCM: version (1 byte), id of the key (16), nonce (12), ciphertext, tag (16). Authenticated with it: version,
 * key, table, column and row.
 */
export function sealWith(key: DataKey, plaintext: Buffer, place: Place): Buffer {
  const header = Buffer.concat([Buffer.of(VERSION), bytesOfId(key.id)]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(header, partsOf(place)));
  return Buffer.concat([header, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws AppError 'encryption.damaged' when it is no sealed value of ours */
export function keyIdOf(sealed: Buffer, place: Place): string {
  if (sealed[0] !== VERSION || sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES) throw damaged(place);
  return idOfBytes(sealed.subarray(1, HEADER_BYTES));
}

/** @throws AppError 'encryption.damaged' when a bit of it is not as it was sealed, or it was sealed for another place */
export function openWith(key: DataKey, sealed: Buffer, place: Place): Buffer {
  const body = sealed.subarray(HEADER_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key.bytes, body.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(sealed.subarray(0, HEADER_BYTES), partsOf(place)));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw damaged(place, error);
  }
}
