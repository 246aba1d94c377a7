import { deriveSecret } from '#platform/crypto/index.ts';
import { wrongSecretKey } from './errors.ts';
import { keyIdOf, openWith, sealWith, type DataKey, type Place } from './envelope.ts';

/** A data key as its row has it. */
export interface WrappedKey {
  id: string;
  wrapped_key: Buffer;
  next_wrapped_key: Buffer | null;
}

/** As the wrapped key names the key that wraps it: there is one, derived from SECRET_KEY. */
const WRAPPING_KEY_ID = '00000000-0000-0000-0000-000000000000';

const placeOf = (id: string): Place => ({ table: 'encryption_keys', column: 'wrapped_key', row_id: id });

function wrappingKey(secretKey: string): DataKey {
  return {
    id: WRAPPING_KEY_ID,
    bytes: Buffer.from(deriveSecret(secretKey, 'encryption keys'), 'base64url'),
  };
}

/** A data key as it is kept: sealed by a key derived from SECRET_KEY, for its own row. */
export function wrap(secretKey: string, { id, bytes }: DataKey): Buffer {
  return sealWith(wrappingKey(secretKey), bytes, placeOf(id));
}

/** @throws AppError 'encryption.wrong_secret_key' when it was not wrapped by this SECRET_KEY, nor for it as the next */
export function unwrap(secretKey: string, key: WrappedKey): DataKey {
  const found = open(secretKey, key.id, key.wrapped_key) ?? open(secretKey, key.id, key.next_wrapped_key);
  if (!found) throw wrongSecretKey();
  return found;
}

/** Whether this SECRET_KEY is the present one, not just the next. */
export function isWrappedBy(secretKey: string, { id, wrapped_key }: WrappedKey): boolean {
  return open(secretKey, id, wrapped_key) !== undefined;
}

/** Whether this SECRET_KEY opens it, as the present one or the next. */
export function opens(secretKey: string, { id, wrapped_key, next_wrapped_key }: WrappedKey): boolean {
  return [wrapped_key, next_wrapped_key].some((wrapped) => open(secretKey, id, wrapped) !== undefined);
}

function open(secretKey: string, id: string, wrapped: Buffer | null): DataKey | undefined {
  if (wrapped === null) return undefined;
  const place = placeOf(id);
  try {
    keyIdOf(wrapped, place);
    return { id, bytes: openWith(wrappingKey(secretKey), wrapped, place) };
  } catch {
    return undefined;
  }
}
