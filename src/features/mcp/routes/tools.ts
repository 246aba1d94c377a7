import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import { selectToolsOf } from '../queries/tools.ts';
import { acceptChange, shownTool, updateServerTool } from '../server-tools.ts';
import { getServer } from '../servers.ts';
import { one, oneTool, path } from './shared.ts';

/** The tools of an attached server. */
export function serverToolRoutes(database: Database): Route[] {
  return [
    route(
      {
        ...one,
        path: `${path}/{id}/tools`,
        method: 'get',
        summary: 'The tools of an MCP server, oldest first',
        query: listQuery,
        responses: { 200: pageOf(contract.serverTool) },
      },
      async ({ params, query: { limit, cursor } }) => {
        const [after] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await database.asSystem(async (tx) => {
          await getServer(tx, params.id);
          return await selectToolsOf(tx.db, params.id, { after, count: limit + 1 });
        });
        return page(rows.map(shownTool), limit, (row) => [row.id]);
      },
    ),
    route(
      {
        ...oneTool,
        method: 'patch',
        summary: 'Switch a tool of an MCP server on or off, or set its policy',
        description: 'The policy holds where a link of an assistant has none of its own.',
        body: contract.updateServerTool,
        responses: { 200: contract.serverTool },
      },
      async ({ caller, params, body }) =>
        await database.asSystem(
          async (tx) =>
            await updateServerTool(
              tx,
              caller.user_id,
              { server_id: params.id, tool_id: params.tool_id },
              body,
            ),
        ),
    ),
    route(
      {
        ...oneTool,
        path: `${oneTool.path}/accept`,
        method: 'post',
        summary: 'Accept what the server says of a tool now',
        description:
          'Until then models see what was accepted before, and every call is asked for. With `digest`, only if the change is ' +
          'still the one that was looked at.',
        body: contract.acceptTool,
        responses: { 200: contract.serverTool },
      },
      async ({ caller, params, body }) =>
        await database.asSystem(
          async (tx) =>
            await acceptChange(
              tx,
              caller.user_id,
              { server_id: params.id, tool_id: params.tool_id },
              body?.digest,
            ),
        ),
    ),
  ];
}
