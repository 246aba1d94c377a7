import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { id } from '#platform/http/fields.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import { checkResetToken, createResetToken, resetLink, resetPassword } from '../resets.ts';
import type { BaseUrl } from './base-url.ts';

export function resetRoutes({ database, baseUrl }: { database: Database; baseUrl: BaseUrl }): Route[] {
  return [
    route(
      {
        method: 'post',
        path: '/api/users/{id}/reset-link',
        params: z.strictObject({ id }),
        tag: 'Users',
        scope: 'system:admin',
        summary: 'Make a link with which a user sets their password anew',
        description: 'It holds for a day and opens the account once; one made before opens nothing any more.',
        responses: { 201: contract.resetLink },
      },
      async ({ caller, params, request }) => {
        const { token, expires_at } = await database.asSystem(
          async (tx) => await createResetToken(tx, { user_id: params.id, by: caller.user_id }),
        );
        return { url: resetLink(baseUrl(request), token), expires_at };
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/reset-password',
        tag: 'Signing in',
        scope: null,
        summary: 'Set the password anew with the token of a reset link; all sessions end',
        body: contract.resetRequest,
        responses: { 200: contract.done },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'reset', address: request.address });
        await resetPassword(database, body);
        return { status: true as const };
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/reset-password/check',
        tag: 'Signing in',
        scope: null,
        summary: 'Whether a reset link can still be used, and for which account',
        body: contract.resetCheck,
        responses: { 200: contract.openReset },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'reset-check', address: request.address });
        const { email, expires_at } = await checkResetToken(database, body.token);
        return { email, expires_at };
      },
    ),
  ];
}
