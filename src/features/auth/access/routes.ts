import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { route, type RequestInfo, type Route } from '#platform/http/route.ts';
import type { Authenticate } from '../authenticator.ts';
import { deviceOf } from '../device.ts';
import { checkPassword } from '../passwords.ts';
import { endSession } from '../sessions.ts';
import { badCredentials } from '../sign-in.ts';
import * as contract from './contract.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { TokenSessions } from './token-session.ts';

const tag = 'Sign-in';

/** Whether `code` is right now for this user's second factor, and was not used before. */
export type CheckSecondFactor = (of: {
  user_id: string;
  code: string;
  request: RequestInfo;
}) => Promise<boolean>;

export interface AccessRouteOptions {
  database: Database;
  keys: Pick<SigningKeys, 'published'>;
  sessions: TokenSessions;
  authenticate: Authenticate;
  checkSecondFactor: CheckSecondFactor;
}

function refused(code: string, message: string): AppError {
  return new AppError({ code, kind: 'unauthenticated', message });
}

export function accessRoutes(options: AccessRouteOptions): Route[] {
  const { database, keys, sessions, authenticate, checkSecondFactor } = options;
  return [
    route(
      {
        method: 'post',
        path: '/api/auth/token',
        tag,
        scope: null,
        summary: 'Sign in as a program: a short access token and a refresh token',
        description:
          '401 `auth.second_factor_required` asks for `code` as well, `auth.bad_second_factor` for another one.',
        body: contract.tokenRequest,
        responses: { 200: contract.tokenAnswer },
      },
      async ({ body: { email, password, code }, request }) => {
        await countAttempt(database, { action: 'sign-in', address: request.address, account: email });
        const device = deviceOf(request);
        const user = await checkPassword(database, { email, password, device });
        if (!user) throw badCredentials();
        if (user.two_factor_enabled) {
          if (code === undefined)
            throw refused('auth.second_factor_required', 'send the code of your second factor, too');
          if (!(await checkSecondFactor({ user_id: user.id, code, request })))
            throw refused('auth.bad_second_factor', 'the code is wrong, or was used before');
        }
        const method = user.two_factor_enabled ? 'two_factor' : 'password';
        return await sessions.open({ user, device, method });
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/refresh',
        tag,
        scope: null,
        summary: 'The next access token and refresh token',
        description:
          'A refresh token that was used before ends its session: 401 `auth.refresh_token_reused`.',
        body: contract.refreshRequest,
        responses: { 200: contract.tokenAnswer },
      },
      async ({ body }) => await sessions.refresh(body.refresh_token),
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/logout',
        tag,
        scope: null,
        summary: 'End the session of the refresh token, the access token or the cookie that is sent',
        body: contract.logoutRequest,
        responses: { 204: null },
      },
      async ({ body, request }) => {
        if (body?.refresh_token !== undefined) await sessions.close(body.refresh_token);
        const { user_id, session_id = null } = (await authenticate(request)) ?? {};
        if (user_id === undefined || session_id === null) return;
        await database.asSystem(
          async (tx) => await endSession(tx, { user_id, session_id, reason: 'signed_out' }),
        );
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/auth/jwks',
        tag,
        scope: null,
        summary: 'The public keys of access tokens (JWKS)',
        responses: { 200: contract.keySet },
      },
      async () => ({ keys: await keys.published() }),
    ),
  ];
}
