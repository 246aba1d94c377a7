import { randomBytes } from 'node:crypto';
import { hashToken } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { insertVerification, takeVerification } from '../queries/verifications.ts';

/** How long a browser may take with the authenticator, in milliseconds. */
export const CHALLENGE_MS = 300_000;

/**
 * What a challenge is for and whose it is: a session that adds a passkey, a browser that signs in, or one with a link
 * who makes an account.
 */
export interface ChallengeOwner {
  purpose: 'register' | 'authenticate' | 'join';
  /** A session's id, a secret of the browser's cookie, or a link's hash with the account's address. */
  owner: string;
}

function identifierOf({ purpose, owner }: ChallengeOwner, challenge: string): string {
  return `passkey-${purpose}-${hashToken(`${owner} ${challenge}`)}`;
}

/** Makes 256 random bits, which count once and only for their owner. `value` is what taking them gives. */
export async function newChallenge(
  database: Database,
  owner: ChallengeOwner,
  value = '',
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(randomBytes(32));
  const identifier = identifierOf(owner, Buffer.from(bytes).toString('base64url'));
  await database.asSystem(
    async (tx) =>
      await insertVerification(tx.db, { id: newId(), identifier, value, lifetime_ms: CHALLENGE_MS }),
  );
  return bytes;
}

/** The value of this owner's challenge, which counts no more; undefined when it did not, or is another's. */
export async function takeChallenge(
  database: Database,
  owner: ChallengeOwner,
  challenge: string,
): Promise<string | undefined> {
  const identifier = identifierOf(owner, challenge);
  return await database.asSystem(async (tx) => await takeVerification(tx.db, identifier));
}

/** The challenge that a browser's `clientDataJSON` answers; undefined when it cannot be read. */
export function challengeOf(clientDataJSON: string): string | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    const { challenge } = data as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}
