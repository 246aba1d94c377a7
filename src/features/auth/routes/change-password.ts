import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { changePassword } from '../change-password.ts';
import * as contract from '../contract.ts';
import type { Browsers } from '../library/index.ts';
import { libraryAnswer } from './library-answer.ts';

export function changePasswordRoute(database: Database, { library }: Browsers): Route {
  return route(
    {
      method: 'post',
      path: '/api/auth/change-password',
      tag: 'Signing in',
      scope: 'settings:write',
      summary: 'Change your password; every other session ends',
      description: 'Not for API tokens.',
      body: contract.changePassword,
      responses: { 200: z.strictObject({ token: z.string().nullable(), user: contract.libraryUser }) },
    },
    async ({ caller, body, request }) =>
      libraryAnswer(await changePassword({ database, library }, { caller, request }, body), request),
  );
}
