import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { deviceOf } from './device.ts';
import type { Library, Outcome, SessionOfCookie } from './library/index.ts';
import { callerDoor, noDoor, signInDoor } from './library/session-doors.ts';
import { checkPassword } from './passwords.ts';
import { holdSignInUser } from './queries/accounts.ts';

export interface SignInRequest {
  headers: Headers;
  address: string | undefined;
}

export interface SignInInput {
  email: string;
  password: string;
  rememberMe: boolean;
  callbackURL?: string | undefined;
}

export function badCredentials(): AppError {
  return new AppError({
    code: 'auth.bad_credentials',
    kind: 'unauthenticated',
    message: 'the e-mail address or the password is wrong',
  });
}

/**
 * Signs a browser in. The library decides whether a second factor is to come; then the session waits for it.
 * @throws AppError `auth.bad_credentials`
 */
export async function signInByPassword(
  { database, library }: { database: Database; library: Library },
  request: SignInRequest,
  input: SignInInput,
): Promise<Outcome<unknown>> {
  const { email, password, rememberMe, callbackURL } = input;
  const device = deviceOf(request);
  const user = await checkPassword(database, { email, password, device });
  if (!user) throw badCredentials();
  await library.load();
  const cookie = request.headers.get('cookie') ?? '';
  return await database.asSystem(async (tx) => {
    if (!(await holdSignInUser(tx.db, user))) throw badCredentials();
    const { door, settle } = signInDoor(tx, {
      user_id: user.id,
      device,
      second_factor: user.two_factor_enabled,
    });
    const confirmed = { password, hash: user.password! };
    const outcome = await library.run(
      { tx, sessions: door, user_id: user.id, confirmed },
      cookie,
      async (api, options) =>
        await api.signInEmail({
          ...options,
          body: { email, password, rememberMe, ...(callbackURL !== undefined && { callbackURL }) },
        }),
    );
    if (outcome.status === 'done') {
      const waits = 'twoFactorRedirect' in (outcome.body as object);
      await settle(waits ? await library.challengeIn(setCookies(outcome.headers)) : undefined);
    }
    return outcome;
  });
}

/** The cookies an answer sets, as a request would bring them. */
function setCookies(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.slice(0, cookie.indexOf(';')))
    .join('; ');
}

/** Ends the browser's session, if it has one, and takes its cookies away. */
export async function signOut(
  {
    database,
    library,
    sessionOfCookie,
  }: { database: Database; library: Library; sessionOfCookie: SessionOfCookie },
  request: SignInRequest,
): Promise<Outcome<unknown>> {
  const session = await sessionOfCookie(request.headers);
  const cookie = await library.callerCookie(request.headers.get('cookie'));
  return await database.asSystem(
    async (tx) =>
      await library.run(
        {
          tx,
          sessions: session ? callerDoor(tx, session) : noDoor,
          user_id: session?.user_id ?? '',
        },
        cookie,
        async (api, options) => await api.signOut({ ...options, body: {} }),
      ),
  );
}

/** Who is signed in, as the library shows it; its session is prolonged when it is a day old. */
export async function currentSession(
  { database, library, session }: { database: Database; library: Library; session: Session | undefined },
  request: SignInRequest,
  query: { disableRefresh?: boolean | undefined },
): Promise<Outcome<unknown>> {
  const header = request.headers.get('cookie');
  const cookie = session ? await library.callerCookie(header) : (header ?? '');
  return await database.asSystem(
    async (tx) =>
      await library.run(
        { tx, sessions: session ? callerDoor(tx, session) : noDoor, user_id: session?.user_id ?? '' },
        cookie,
        async (api, options) => await api.getSession({ ...options, query }),
      ),
  );
}

interface Session {
  user_id: string;
  session_id: string;
}
