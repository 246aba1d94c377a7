import { authFeature } from '#features/auth/feature.ts';
import { createAccess, createBrowsers } from '#features/auth/index.ts';
import { serve } from '#platform/http/test-server.ts';
import { makeAccount } from './browsers.ts';
import type { TestDatabase } from './database.ts';
import { featureContext } from './serve-as.ts';

/** Who has no more than a user's own scopes; everybody else is taken for an admin by their id. */
export const MEMBER = 'member';

export type Joining = Awaited<ReturnType<typeof serveJoining>>;

/** The feature `auth` as it is served, at `https://famulus.test/`, for accounts that are being made. */
export async function serveJoining(files: TestDatabase) {
  const context = featureContext(files);
  const browsers = createBrowsers(context, { public_url: undefined });
  const access = createAccess(context, { issuer: undefined, sessionOfCookie: browsers.sessionOfCookie });
  const { routes = [], prune } = authFeature(context, {
    browsers,
    access,
    publicUrl: 'https://famulus.test/',
    createUser: makeAccount,
  });
  const { call } = await serve({
    routes,
    authenticate: async ({ headers }) => {
      const user_id = headers.get('authorization')?.slice('Bearer '.length) ?? '';
      const scopes = user_id === MEMBER ? ['settings:read'] : ['system:admin'];
      return await Promise.resolve(
        user_id === '' ? null : { user_id, scopes, token_id: null, session_id: null },
      );
    },
  });
  /** As nobody. */
  const post = async (path: string, body: object) => await call('POST', path, body, { authorization: '' });
  return {
    post,
    as: (id: string) => async (method: string, path: string, body?: object) =>
      await call(method, path, body, { authorization: `Bearer ${id}` }),
    signIn: async (email: string, password: string) => await post('/api/auth/token', { email, password }),
    callerOf: async (token: string) =>
      await access.authenticate({
        headers: new Headers({ authorization: `Bearer ${token}` }),
        address: undefined,
      }),
    prune: async () => await prune!(new Date()),
  };
}

export async function setRegistration(
  { owner }: TestDatabase,
  value: 'closed' | 'invite' | 'open',
): Promise<void> {
  await owner.query(
    `insert into settings (key, value) values ('registration', $1)
       on conflict (key) do update set value = excluded.value`,
    [JSON.stringify(value)],
  );
}
