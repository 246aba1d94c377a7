import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import { selectLinks } from '../queries/tool-links.ts';
import { getAssistant } from '../service.ts';
import { putToolLink, removeToolLink } from '../tool-links.ts';

const tag = 'Assistants';
const one = {
  path: '/api/assistants/{id}/tools/{tool_id}',
  params: z.strictObject({ id, tool_id: id }),
  scope: 'settings:write',
  tag,
} as const;

export function toolLinkRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/assistants/{id}/tools',
        tag,
        scope: 'settings:read',
        summary: 'The tools an assistant has, newest first',
        params: z.strictObject({ id }),
        query: listQuery,
        responses: { 200: pageOf(contract.toolLink) },
      },
      async ({ caller, params, query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await database.asUser(caller.user_id, async (tx) => {
          await getAssistant(tx, caller.user_id, params.id);
          return await selectLinks(tx.db, params.id, { before, count: limit + 1 });
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        ...one,
        method: 'put',
        summary: 'Let an assistant use a tool, or change on what terms',
        body: contract.putToolLink,
        responses: { 200: contract.toolLink },
      },
      async ({ caller, params, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) =>
            await putToolLink(tx, caller.user_id, { assistant_id: params.id, tool_id: params.tool_id }, body),
        ),
    ),
    route(
      { ...one, method: 'delete', summary: 'Take a tool from an assistant', responses: { 204: null } },
      async ({ caller, params }) => {
        await database.asUser(
          caller.user_id,
          async (tx) => await removeToolLink(tx, caller.user_id, params.id, params.tool_id),
        );
      },
    ),
  ];
}
