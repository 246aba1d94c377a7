import type { Tx } from '#platform/db/index.ts';
import type { Device } from '../device.ts';
import { selectSessionById, updateSession, type FullSession, type SessionRow } from '../queries/sessions.ts';
import { createSession, endSession, endSessions, recordSignIn } from '../sessions.ts';
import type { LibrarySession, NewLibrarySession, SessionDoor } from './act.ts';
import { SECOND_FACTOR_S } from './second-factor-time.ts';
import { shownSession } from './shown-session.ts';

/** In whole seconds, as the library counts. */
function lifetimeOf(expiresAt: Date): number {
  return Math.round((expiresAt.getTime() - Date.now()) / 1000) * 1000;
}

/** For one who has no session. */
export const noDoor: SessionDoor = {
  create: async () => await Promise.reject(new TypeError('no session is to be made here')),
  find: async () => null,
  extend: async () => null,
  end: async () => {},
  endOthers: async () => 0,
};

async function read(tx: Tx, id: string): Promise<FullSession> {
  const row = await selectSessionById(tx.db, id);
  if (!row) throw new TypeError('a session is gone in the transaction that made it');
  return row;
}

/** For a sign-in by password: it makes a session, which waits where a second factor is to come. */
export function signInDoor(
  tx: Tx,
  { user_id, device, second_factor }: { user_id: string; device: Device; second_factor: boolean },
) {
  let made: { session: SessionRow; lifetime_ms: number } | undefined;
  const door: SessionDoor = {
    ...noDoor,
    create: async ({ token, expiresAt }) => {
      const lifetime_ms = lifetimeOf(expiresAt);
      const session = await createSession(tx, {
        user_id,
        kind: 'browser',
        method: 'password',
        device,
        token,
        lifetime_ms,
        status: second_factor ? 'pending' : 'authenticated',
      });
      made = { session, lifetime_ms };
      return shownSession(await read(tx, session.id));
    },
  };
  /** Once the library has decided: `challenge` names what is waited for; without one, the device is trusted. */
  const settle = async (challenge: string | undefined) => {
    if (!made || !second_factor) return;
    const { session, lifetime_ms } = made;
    if (challenge === undefined) {
      await updateSession(tx.db, session.id, { status: 'authenticated', lifetime_ms });
      await recordSignIn(tx, session);
    } else {
      await updateSession(tx.db, session.id, { token: challenge, lifetime_ms: SECOND_FACTOR_S * 1000 });
    }
  };
  return { door, settle };
}

/** For the answer to a sign-in that waits: its session becomes the browser's. */
export function pendingDoor(
  tx: Tx,
  pending: SessionRow,
  second_factor: 'totp' | 'recovery_code',
): SessionDoor {
  return {
    ...noDoor,
    create: async ({ token, expiresAt }) => {
      const row = await updateSession(tx.db, pending.id, {
        status: 'authenticated',
        token,
        lifetime_ms: lifetimeOf(expiresAt),
        metadata: { second_factor },
      });
      if (!row) throw new TypeError('a locked session is gone');
      await recordSignIn(tx, row);
      return shownSession(row);
    },
  };
}

/** For one who is signed in: the library's new session is theirs with a new token. */
export function callerDoor(
  tx: Tx,
  { user_id, session_id }: { user_id: string; session_id: string },
): SessionDoor {
  let isRenewed = false;

  async function found(row: FullSession | undefined): Promise<LibrarySession | null> {
    return row?.user_id === user_id && row.status === 'authenticated' ? shownSession(row) : null;
  }

  return {
    find: async () => await found(await selectSessionById(tx.db, session_id)),
    create: async ({ token, expiresAt }: NewLibrarySession) => {
      isRenewed = true;
      const current = await read(tx, session_id);
      // A session of refresh tokens has no cookie to renew.
      if (current.token === null) return shownSession(current);
      const row = await updateSession(tx.db, session_id, { token, lifetime_ms: lifetimeOf(expiresAt) });
      return shownSession(row ?? current);
    },
    extend: async (expiresAt) => {
      const current = await read(tx, session_id);
      if (current.token === null) return shownSession(current);
      const row = await updateSession(tx.db, session_id, { lifetime_ms: lifetimeOf(expiresAt) });
      return row ? shownSession(row) : null;
    },
    end: async () => {
      if (!isRenewed) await endSession(tx, { user_id, session_id, reason: 'signed_out' });
    },
    endOthers: async () => await endSessions(tx, user_id, { except: session_id, reason: 'password_changed' }),
  };
}
