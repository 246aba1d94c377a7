import { randomBytes } from 'node:crypto';
import type { Encryption } from '#platform/encryption/index.ts';

/** 24 to 64 bytes, says the specification. */
const SECRET_BYTES = 32;

/** How long the secret before the last rotation signs, too, ms. */
export const OLD_SECRET_MS = 24 * 3_600_000;

export type SecretColumn = 'secret' | 'old_secret';

export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

const placeOf = (row_id: string, column: SecretColumn) => ({ table: 'webhooks', column, row_id });

export async function sealSecret(
  encryption: Encryption,
  webhookId: string,
  column: SecretColumn,
  secret: string,
): Promise<Buffer> {
  return await encryption.seal(secret, placeOf(webhookId, column));
}

export async function openSecret(
  encryption: Encryption,
  webhookId: string,
  column: SecretColumn,
  sealed: Buffer,
): Promise<string> {
  return (await encryption.open(sealed, placeOf(webhookId, column))).toString('utf8');
}
