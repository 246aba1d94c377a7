import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import type { Browsers } from '../library/index.ts';
import { touchSession } from '../sessions.ts';
import { currentSession, signInByPassword, signOut } from '../sign-in.ts';
import { libraryAnswer } from './library-answer.ts';

const tag = 'Signing in';

const flag = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .optional();

/** The auth library's routes for browsers, at its paths and in its words. */
export function signInRoutes(database: Database, { library, sessionOfCookie }: Browsers): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/auth/sign-in/email',
        tag,
        scope: null,
        summary: 'Sign a browser in',
        description:
          'Sets the session cookie. With two-factor sign-in, `twoFactorRedirect` says that a code is to come: ' +
          'send it to one of the verify routes below `/api/auth/two-factor`.',
        body: contract.signInEmail,
        responses: { 200: contract.signInAnswer },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'sign-in', address: request.address, account: body.email });
        return libraryAnswer(await signInByPassword({ database, library }, request, body), request);
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/sign-out',
        tag,
        scope: null,
        summary: 'Sign this browser out',
        body: z.strictObject({}).optional(),
        responses: { 200: z.strictObject({ success: z.literal(true) }) },
      },
      async ({ request }) =>
        libraryAnswer(await signOut({ database, library, sessionOfCookie }, request), request),
    ),
    route(
      {
        method: 'get',
        path: '/api/auth/get-session',
        tag,
        scope: null,
        summary: 'Who is signed in in this browser',
        query: z.strictObject({ disableCookieCache: flag, disableRefresh: flag }),
        responses: { 200: contract.currentSession },
      },
      async ({ query: { disableRefresh }, request }) => {
        const session = await sessionOfCookie(request.headers);
        if (session?.is_use_stale) await touchSession(database.system, session.session_id, request.address);
        return libraryAnswer(
          await currentSession({ database, library, session }, request, { disableRefresh }),
          request,
        );
      },
    ),
  ];
}
