import type { Tx } from '#platform/db/index.ts';
import type { RequestInfo } from '#platform/http/route.ts';
import { openBrowserSession } from '../browser-session.ts';
import { deviceOf } from '../device.ts';
import { keepPasskey } from '../passkeys/registration.ts';
import type { NewSession } from '../sessions.ts';
import type { WayIn } from './way-in.ts';

/** An account somebody makes for themself. */
export interface NewAccount {
  email: string;
  name: string;
  timezone: string;
  locale?: string | undefined;
}

export interface MadeAccount {
  id: string;
  email: string | null;
  name: string;
  role: 'admin' | 'member';
  timezone: string;
}

/** Makes an account with everything every account has, and this id where one was promised. For the system role. */
export type CreateUser = (
  tx: Tx,
  account: NewAccount & { id?: string | undefined; role: 'admin' | 'member' },
  password_hash: string | null,
) => Promise<MadeAccount>;

/** Who makes an account: a program, or a browser that is to be signed in with this token. */
export interface Joiner {
  request: Pick<RequestInfo, 'headers' | 'address'>;
  session_token: string | undefined;
}

/** Makes the account, what opens it, and the session of a browser. For the system role. */
export async function makeAccount(
  tx: Tx,
  { createUser, joiner, way_in }: { createUser: CreateUser; joiner: Joiner; way_in: WayIn },
  account: NewAccount & { role: 'admin' | 'member' },
  method: NewSession['method'],
): Promise<MadeAccount> {
  const device = deviceOf(joiner.request);
  const { id: user_id, ...user } = await createUser(
    tx,
    { ...account, id: way_in.user_id },
    way_in.password_hash,
  );
  if (way_in.passkey) await keepPasskey(tx, { user_id, device, ...way_in.passkey });
  const token = joiner.session_token;
  if (token !== undefined) await openBrowserSession(tx, { user_id, method, device, token });
  const { email, name, role, timezone } = user;
  return { id: user_id, email, name, role, timezone };
}
