import { z } from 'zod';
import type { FeatureContext } from '#platform/feature/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from './contract.ts';
import { checkSchema } from './check-schema.ts';
import { selectTools } from './queries.ts';
import { prepareConfig } from './prepare-config.ts';
import { createTool, deleteTool, getTool, updateTool, writableTool, type OwnsAssistant } from './service.ts';

const tag = 'Tools';
const path = '/api/tools';
const one = { path: '/api/tools/{id}', params: z.strictObject({ id }), tag };

export function toolRoutes(
  { database, encryption }: Pick<FeatureContext, 'database' | 'encryption'>,
  ownsAssistant: OwnsAssistant,
): Route[] {
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'settings:read',
        summary: 'Your tools and the built-in ones, newest first',
        query: listQuery,
        responses: { 200: pageOf(contract.tool) },
      },
      async ({ caller, query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectTools(database.readAs(caller.user_id), caller.user_id, {
          before,
          count: limit + 1,
        });
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'post',
        path,
        tag,
        scope: 'settings:write',
        summary: 'Make a tool',
        body: contract.createTool,
        responses: { 201: contract.tool },
      },
      async ({ caller, body }) => {
        await checkSchema(body.input_schema);
        const prepared = await prepareConfig(encryption, body);
        return await database.asUser(
          caller.user_id,
          async (tx) => await createTool(tx, caller.user_id, body, { ownsAssistant, prepared }),
        );
      },
    ),
    route(
      {
        ...one,
        method: 'get',
        scope: 'settings:read',
        summary: 'One tool',
        responses: { 200: contract.tool },
      },
      async ({ caller, params }) =>
        await database.asUser(caller.user_id, async (tx) => await getTool(tx, caller.user_id, params.id)),
    ),
    route(
      {
        ...one,
        method: 'patch',
        scope: 'settings:write',
        summary: 'Change a tool; a built-in one is refused',
        body: contract.updateTool,
        responses: { 200: contract.tool },
      },
      async ({ caller, params, body }) => {
        await checkSchema(body.input_schema);
        const current = await database.asUser(
          caller.user_id,
          async (tx) => await writableTool(tx, caller.user_id, params.id),
        );
        const { config = current.config, input_schema = current.input_schema } = body;
        const isConfigured = body.config !== undefined || body.input_schema !== undefined;
        const prepared = isConfigured
          ? await prepareConfig(encryption, { tool_type: current.tool_type, config, input_schema })
          : undefined;
        return await database.asUser(
          caller.user_id,
          async (tx) => await updateTool(tx, caller.user_id, params.id, body, prepared),
        );
      },
    ),
    route(
      {
        ...one,
        method: 'delete',
        scope: 'settings:write',
        summary: 'Delete a tool and take it from every assistant; a built-in one is refused',
        responses: { 204: null },
      },
      async ({ caller, params }) => {
        await database.asUser(caller.user_id, async (tx) => await deleteTool(tx, caller.user_id, params.id));
      },
    ),
  ];
}
