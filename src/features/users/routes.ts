import { AppError } from '#platform/errors/index.ts';
import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { me } from './contract.ts';
import { findUserById } from './service.ts';

export function userRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/me',
        scope: 'settings:read',
        summary: 'Your own account',
        tag: 'Users',
        responses: { 200: me },
      },
      async ({ caller }) => {
        const user = await database.asUser(
          caller.user_id,
          async (tx) => await findUserById(tx.db, caller.user_id),
        );
        if (user) return user;
        // Deleted between the check of the token and now.
        throw new AppError({
          code: 'users.not_found',
          kind: 'not_found',
          message: 'This account no longer exists',
        });
      },
    ),
  ];
}
