import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import { checkModels, type KnowsModel } from '../models.ts';
import { selectAssistants } from '../queries/assistants.ts';
import { createAssistant, deleteAssistant, getAssistant, updateAssistant } from '../service.ts';

const tag = 'Assistants';
const path = '/api/assistants';
const one = { path: '/api/assistants/{id}', params: z.strictObject({ id }), tag };

export function assistantRoutes(database: Database, knowsModel: KnowsModel): Route[] {
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'settings:read',
        summary: 'Your assistants and the shared ones, newest first',
        query: listQuery,
        responses: { 200: pageOf(contract.assistant) },
      },
      async ({ caller, query: { limit, cursor } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectAssistants(database.readAs(caller.user_id), caller.user_id, {
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
        summary: 'Make an assistant',
        body: contract.createAssistant,
        responses: { 201: contract.assistant },
      },
      async ({ caller, body }) => {
        await checkModels(body, knowsModel);
        return await database.asUser(
          caller.user_id,
          async (tx) => await createAssistant(tx, caller.user_id, body),
        );
      },
    ),
    route(
      {
        ...one,
        method: 'get',
        scope: 'settings:read',
        summary: 'One assistant',
        responses: { 200: contract.assistant },
      },
      async ({ caller, params }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await getAssistant(tx, caller.user_id, params.id),
        ),
    ),
    route(
      {
        ...one,
        method: 'patch',
        scope: 'settings:write',
        summary: 'Change an assistant; a shared one is refused',
        body: contract.updateAssistant,
        responses: { 200: contract.assistant },
      },
      async ({ caller, params, body }) => {
        await checkModels(body, knowsModel);
        return await database.asUser(
          caller.user_id,
          async (tx) => await updateAssistant(tx, caller.user_id, params.id, body),
        );
      },
    ),
    route(
      {
        ...one,
        method: 'delete',
        scope: 'settings:write',
        summary: 'Delete an assistant with its threads; the secretary is refused, and gets its reminders',
        responses: { 204: null },
      },
      async ({ caller, params }) => {
        await database.asUser(
          caller.user_id,
          async (tx) => await deleteAssistant(tx, caller.user_id, params.id),
        );
      },
    ),
  ];
}
