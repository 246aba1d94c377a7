import { createAccess, createBrowsers, setPasswordHash } from '#features/auth/index.ts';
import { authFeature } from '#features/auth/feature.ts';
import { activityFeature } from '#features/activity/feature.ts';
import { createUser as createAccount, type NewUser } from '#features/users/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { serve } from '#platform/http/test-server.ts';
import type { TestDatabase } from './database.ts';
import { createUser } from './factories.ts';
import { featureContext } from './serve-as.ts';

/** An answer as tests read it. */
export interface BrowserAnswer {
  status: number;
  headers: Headers;
  // Tests assert on what they find in it.
  // oxlint-disable-next-line typescript/no-explicit-any
  json: any;
}

export const PASSWORD = 'seven green lanterns';

/** As an account is made by its owner: with a password. */
export async function makeAccount(tx: Tx, account: NewUser, password_hash: string | null) {
  const user = await createAccount(tx, account, []);
  if (password_hash !== null) await setPasswordHash(tx, user.id, password_hash);
  return user;
}

/** Accounts served as they are to users, with everyone's authenticator; for browsers that keep cookies. */
export async function serveAccounts(files: TestDatabase, { public_url }: { public_url?: string } = {}) {
  // Every browser of a file has the same address; the attempts of the test before are not this one's.
  await files.owner.query('delete from rate_limits');
  const context = featureContext(files);
  const browsers = createBrowsers(context, { public_url });
  const access = createAccess(context, { issuer: public_url, sessionOfCookie: browsers.sessionOfCookie });
  const auth = authFeature(context, { browsers, access, createUser: makeAccount, publicUrl: public_url });
  const features = [auth, activityFeature(context)];
  const { server, call } = await serve({
    routes: features.flatMap(({ routes = [] }) => routes),
    authenticate: async (request) => await access.authenticate(request),
  });

  /** A browser with a cookie jar of its own. */
  function browser(extra: Record<string, string> = {}) {
    const jar = new Map<string, string>();
    const request = async (method: string, path: string, body?: unknown): Promise<BrowserAnswer> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const { status, headers, json } = await call(method, path, body, {
        authorization: '',
        ...(cookie === '' ? {} : { cookie }),
        ...extra,
      });
      for (const set of headers.getSetCookie()) {
        const [pair = '', ...attributes] = set.split(';');
        const name = pair.slice(0, pair.indexOf('='));
        if (attributes.some((one) => /^ *Max-Age=0$/i.test(one))) jar.delete(name);
        else jar.set(name, pair.slice(name.length + 1));
      }
      return { status, headers, json };
    };
    return { jar, request };
  }

  /** A user who has a password. */
  async function person(fields: Parameters<typeof createUser>[1] = {}) {
    const user = await createUser(files.database.system, fields);
    const hash = await hashPassword(PASSWORD);
    await files.database.asSystem(async (tx) => await setPasswordHash(tx, user.id, hash));
    return { ...user, email: user.email! };
  }

  /** A browser in which this user has signed in. */
  async function signedIn({ email }: { email: string }, extra: Record<string, string> = {}) {
    const one = browser(extra);
    const answer = await one.request('POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.json)}`);
    return one;
  }

  return { url: server.url, prune: auth.prune, browsers, browser, person, signedIn };
}

/** What is written in a user's activity, oldest first. */
export async function activityOf({ database }: TestDatabase, user_id: string): Promise<string[]> {
  const rows = await database.system
    .selectFrom('activity')
    .select('type')
    .where('user_id', '=', user_id)
    .orderBy('id')
    .execute();
  return rows.map(({ type }) => type);
}
