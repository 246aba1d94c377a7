import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Starts every token of ours, so that people, scanners and our own log redaction know one when they see it. */
const TOKEN_PREFIX = 'fam_';

/** A new API token of 256 random bits: shown once, of which only `hash` is kept. */
export function newApiToken(): { token: string; hash: string } {
  const token = TOKEN_PREFIX + randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** A new one-time secret of 256 random bits, of which only `hash` is kept: `fam_<kind>_…`, so that logs know it, too. */
export function newOneTimeToken(kind: string): { token: string; hash: string } {
  const token = `${TOKEN_PREFIX}${kind}_${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashToken(token) };
}

/** SHA-256 in hex. Enough for what is random itself; passwords go through `hashPassword`. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * A secret for one purpose, always the same for the same key: HKDF-SHA256 (RFC 5869) without salt,
 * `purpose` as info. 32 bytes as base64url, 43 characters.
 */
export function deriveSecret(secretKey: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', secretKey, '', purpose, 32)).toString('base64url');
}

/** Compares without telling by its time where, or in what length, the two differ. */
export function constantTimeEqual(left: string, right: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}
