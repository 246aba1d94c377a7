import { record } from '#features/activity/index.ts';
import type { Db, JsonValue, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { deviceName, type Device } from './device.ts';
import { lockSignIn } from './queries/accounts.ts';
import {
  deleteSession,
  deleteSessions,
  insertSession,
  selectLiveSession,
  selectSessions,
  touchSessionRow,
  type LiveSession,
  type SessionRow,
} from './queries/sessions.ts';
import { tellSignInChanged } from './tell.ts';

/** A browser's session holds a cookie, a token session a family of refresh tokens. */
export type SessionKind = 'browser' | 'token';

export interface NewSession {
  user_id: string;
  kind: SessionKind;
  device: Device;
  lifetime_ms: number;
  /** How its user signed in. */
  method: 'password' | 'two_factor' | 'passkey' | 'setup' | 'invitation' | 'sign_up' | 'reset';
  /** Default authenticated. */
  status?: 'pending' | 'authenticated';
  /** Of a browser's session: what its cookie carries. */
  token?: string;
  metadata?: Record<string, JsonValue>;
}

/** Makes a session and says so in the activity, unless it still waits for a second factor. For the system role. */
export async function createSession(tx: Tx, input: NewSession): Promise<SessionRow> {
  const { user_id, kind, device, method, metadata, status = 'authenticated', token = null } = input;
  const session = await insertSession(
    tx.db,
    {
      id: newId(),
      user_id,
      status,
      token,
      session_metadata: JSON.stringify({ ...metadata, kind, method }),
      device_info: JSON.stringify({ name: deviceName(device.user_agent), ...device }),
    },
    input.lifetime_ms,
  );
  if (status === 'authenticated') await recordSignIn(tx, session);
  return session;
}

/** Writes down that this session was opened. */
export async function recordSignIn(
  tx: Tx,
  { id, user_id, session_metadata, device_info }: SessionRow,
): Promise<void> {
  const {
    method,
    kind,
    second_factor = null,
  } = session_metadata as {
    method: string;
    kind: SessionKind;
    second_factor?: string;
  };
  const { name, address } = device_info as { name: string; address: string | null };
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'auth.signed_in',
    message: `Signed in: ${name}`,
    subject: `session:${id}`,
    metadata: { method, second_factor, kind, address },
  });
  tellSignInChanged(tx, user_id, { session_id: id });
}

/** Why a session ends before its time. */
export type SessionEnd =
  | 'signed_out'
  | 'revoked'
  | 'password_changed'
  | 'refresh_reused'
  | 'user_disabled'
  | 'role_changed';

const endMessages: Record<SessionEnd, string> = {
  signed_out: 'Signed out',
  revoked: 'A session was ended',
  password_changed: 'The other sessions were ended, because the password was changed',
  refresh_reused: 'A session was ended, because one of its refresh tokens was used twice',
  user_disabled: 'All sessions were ended, because the account was disabled',
  role_changed: 'All sessions were ended, because the user is no admin any more',
};

/**
 * Ends a session: its row and its refresh tokens are gone, streams opened with it close within seconds. Returns
 * whether there was one. For the system role.
 */
export async function endSession(
  tx: Tx,
  { user_id, session_id, reason }: { user_id: string; session_id: string; reason: SessionEnd },
): Promise<boolean> {
  await lockSignIn(tx.db, user_id);
  if (!(await deleteSession(tx.db, user_id, session_id))) return false;
  await record(tx, {
    user_id,
    actor: reason === 'refresh_reused' ? 'system' : 'user',
    type: reason === 'signed_out' ? 'auth.signed_out' : 'auth.session_ended',
    level: reason === 'refresh_reused' ? 'warning' : 'info',
    message: endMessages[reason],
    subject: `session:${session_id}`,
    metadata: { reason },
  });
  tellSignInChanged(tx, user_id, { session_id });
  tx.hint('access');
  return true;
}

/** Ends all of a user's sessions, or all but one; returns how many they were. For the system role. */
export async function endSessions(
  tx: Tx,
  user_id: string,
  { except, reason }: { except?: string | undefined; reason: SessionEnd },
): Promise<number> {
  await lockSignIn(tx.db, user_id);
  const count = await deleteSessions(tx.db, user_id, except);
  if (count > 0) {
    await record(tx, {
      user_id,
      actor: reason === 'user_disabled' || reason === 'role_changed' ? 'system' : 'user',
      type: 'auth.sessions_ended',
      message: reason === 'revoked' ? 'Sessions were ended' : endMessages[reason],
      subject: `user:${user_id}`,
      metadata: { reason, count },
    });
    tellSignInChanged(tx, user_id, { user_id });
  }
  // Also without a session: API tokens of a disabled account are known to the caches, too.
  tx.hint('access');
  return count;
}

/** A session while it and its user are in force, by its id. For the system role. */
export async function findLiveSession(db: Db, session_id: string): Promise<LiveSession | undefined> {
  return await selectLiveSession(db, { id: session_id });
}

/** Notes that a session is used now, once a minute at most. For the system role. */
export async function touchSession(db: Db, session_id: string, address: string | undefined): Promise<void> {
  await touchSessionRow(db, session_id, address);
}

/** A page of a user's sessions, newest first. */
export async function listSessions(
  db: Db,
  user_id: string,
  options: Parameters<typeof selectSessions>[2],
): Promise<SessionRow[]> {
  return await selectSessions(db, user_id, options);
}
