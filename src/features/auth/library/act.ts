import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tx } from '#platform/db/index.ts';

/** A session as the library knows it. */
export interface LibrarySession {
  id: string;
  userId: string;
  token: string;
  expiresAt: Date;
  createdAt: Date;
  updatedAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
}

/** What the library wants kept of a session it makes. */
export interface NewLibrarySession {
  token: string;
  expiresAt: Date;
}

/** How the library gets at sessions while it does one thing for somebody; see `session-doors.ts`. */
export interface SessionDoor {
  /** The session whose cookie came with the request. */
  find(): Promise<LibrarySession | null>;
  create(made: NewLibrarySession): Promise<LibrarySession>;
  extend(expiresAt: Date): Promise<LibrarySession | null>;
  end(): Promise<void>;
  endOthers(): Promise<number>;
}

/** One call of the library: its transaction, its session, and what was found out before the transaction began. */
export interface Act {
  tx: Tx;
  sessions: SessionDoor;
  /** Whom it is about. The library looks them up by e-mail in lower case; ours keep their case. */
  user_id: string;
  /** A password that was checked: hashing takes too long to do it in a transaction. */
  confirmed?: { password: string; hash: string } | undefined;
  /** The hash of a new password. */
  hashed?: { password: string; hash: string } | undefined;
}

const acts = new AsyncLocalStorage<Act>();

/** Does `work` in which the library reads and writes as `act` says. */
export async function during<T>(act: Act, work: () => Promise<T>): Promise<T> {
  return await acts.run(act, work);
}

export function currentAct(): Act | undefined {
  return acts.getStore();
}

/** @throws TypeError outside `during`: the library is not called in any other way. */
export function needAct(): Act {
  const act = currentAct();
  if (!act) throw new TypeError('the auth library works only in an act');
  return act;
}
