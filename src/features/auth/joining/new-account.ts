import type { Tx } from '#platform/db/index.ts';

/** An account somebody makes for themself, with its password. */
export interface NewAccount {
  email: string;
  name: string;
  password: string;
  timezone: string;
}

export interface MadeAccount {
  id: string;
  email: string | null;
  name: string;
  role: 'admin' | 'member';
  timezone: string;
}

/** Makes an account with everything every account has. For the system role. */
export type CreateUser = (
  tx: Tx,
  account: Omit<NewAccount, 'password'> & { role: 'admin' | 'member' },
  password_hash: string,
) => Promise<MadeAccount>;

/** What is told of an account that was made. */
export function shownAccount({ id, email, name, role, timezone }: MadeAccount): MadeAccount {
  return { id, email, name, role, timezone };
}
