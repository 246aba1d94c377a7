import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import type { Browsers } from '../library/index.ts';
import { setFirstPassword, signInMethods } from '../sign-in-methods.ts';

const tag = 'Signing in';

export function signInMethodRoutes(database: Database, { library }: Browsers): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/auth/methods',
        tag,
        scope: 'settings:read',
        summary: 'How you can sign in',
        responses: { 200: contract.signInMethods },
      },
      async ({ caller }) => await signInMethods({ database, library }, caller.user_id),
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/set-password',
        tag,
        scope: 'settings:write',
        summary: 'Give your account its first password, where it was made by passkey',
        description: 'Not for API tokens.',
        body: contract.setPassword,
        responses: { 200: z.strictObject({ status: z.literal(true) }) },
      },
      async ({ caller, body, request }) => {
        await setFirstPassword(database, { caller, request }, body.newPassword);
        return { status: true as const };
      },
    ),
  ];
}
