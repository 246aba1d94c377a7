import type { Tx } from '#platform/db/index.ts';

/** What of the ways into an account: a session or a passkey of it, or, where it is about none of them, its user. */
export type SignInSubject = { session_id: string } | { passkey_id: string } | { user_id: string };

function emit(tx: Tx, user_id: string, type: string, payload: Record<string, string>): void {
  const [[name, id] = []] = Object.entries(payload);
  tx.emit({ user_id, type, subject: `${name?.replace(/_id$/, '')}:${id}`, payload });
}

/** Tells the user's screens that where they are signed in, or how they can sign in, is not as it was. */
export function tellSignInChanged(tx: Tx, user_id: string, about: SignInSubject): void {
  emit(tx, user_id, 'session.updated', about);
}

/** Tells the user's screens of an API token that was made or is gone. */
export function tellTokenChanged(tx: Tx, user_id: string, token_id: string): void {
  emit(tx, user_id, 'token.updated', { token_id });
}
