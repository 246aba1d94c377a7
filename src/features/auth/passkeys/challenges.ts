import { randomBytes } from 'node:crypto';
import { hashToken } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { insertVerification, takeVerification } from '../queries/verifications.ts';

/** How long a browser may take with the authenticator, in milliseconds. */
export const CHALLENGE_MS = 300_000;

/** What a challenge is for and whose it is: a session that adds a passkey, or a browser that signs in. */
export interface ChallengeOwner {
  purpose: 'register' | 'authenticate';
  /** A session's id, or a secret of the browser's cookie. */
  owner: string;
}

function identifierOf({ purpose, owner }: ChallengeOwner, challenge: string): string {
  return `passkey-${purpose}-${hashToken(`${owner} ${challenge}`)}`;
}

/** Makes 256 random bits, which count once and only for their owner. */
export async function newChallenge(
  database: Database,
  owner: ChallengeOwner,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(randomBytes(32));
  const identifier = identifierOf(owner, Buffer.from(bytes).toString('base64url'));
  await database.asSystem(
    async (tx) =>
      await insertVerification(tx.db, { id: newId(), identifier, value: '', lifetime_ms: CHALLENGE_MS }),
  );
  return bytes;
}

/** Whether the challenge is this owner's and still counts; it does not any more. */
export async function takeChallenge(
  database: Database,
  owner: ChallengeOwner,
  challenge: string,
): Promise<boolean> {
  const identifier = identifierOf(owner, challenge);
  return (await database.asSystem(async (tx) => await takeVerification(tx.db, identifier))) !== undefined;
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
