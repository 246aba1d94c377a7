import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import { apiToken, givableScopes, madeToken, newToken } from './contract.ts';
import { createOwnToken, listTokens, revokeOwnToken, scopesToGive } from './service.ts';

const tag = 'API tokens';
const path = '/api/tokens';

export function tokenRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'settings:read',
        summary: 'Your API tokens, newest first; never the tokens themselves',
        query: listQuery,
        responses: { 200: pageOf(apiToken) },
      },
      async ({ caller, query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await listTokens(database.readAs(caller.user_id), caller.user_id, {
          before,
          count: limit + 1,
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'get',
        path: `${path}/scopes`,
        tag,
        scope: 'settings:read',
        summary: 'The scopes you can give an API token',
        description: 'Those that you have yourself, but for those of the system.',
        responses: { 200: givableScopes },
      },
      ({ caller }) => ({ scopes: scopesToGive(caller) }),
    ),
    route(
      {
        method: 'post',
        path,
        tag,
        scope: 'settings:write',
        summary: 'Make an API token; its answer is the only time it is shown',
        description: 'It has at most the scopes of the caller, and never one of the system.',
        body: newToken,
        responses: { 201: madeToken },
      },
      async ({ caller, body }) =>
        await database.asUser(caller.user_id, async (tx) => await createOwnToken(tx, caller, body)),
    ),
    route(
      {
        method: 'delete',
        path: `${path}/{id}`,
        params: z.strictObject({ id }),
        tag,
        scope: 'settings:write',
        summary: 'Revoke an API token',
        responses: { 204: null },
      },
      async ({ caller, params }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await revokeOwnToken(tx, caller.user_id, params.id),
        ),
    ),
  ];
}
