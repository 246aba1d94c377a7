import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from './contract.ts';
import type { Meaning } from './meaning/meaning.ts';
import { importMemories } from './import.ts';
import { selectForExport } from './queries/memories.ts';
import { createMemory, deleteMemory, getMemory, listMemories, updateMemory } from './service.ts';

const tag = 'Memory';
const path = '/api/memories';
const one = { path: '/api/memories/{id}', params: z.strictObject({ id }), tag };

export function memoryRoutes(database: Database, meaning?: Meaning): Route[] {
  return [
    route(
      {
        method: 'get',
        path,
        tag,
        scope: 'memory:read',
        summary: 'What is remembered, newest first; with `q` what has all these words, in any order and form',
        query: listQuery.extend({
          q: contract.searchText.optional(),
          filter: contract.listFilter.optional(),
        }),
        responses: { 200: pageOf(contract.memory) },
      },
      async ({ caller, query: { limit, cursor, q, filter } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await database.asUser(
          caller.user_id,
          async (tx) => await listMemories(tx, caller.user_id, { q, filter, before, count: limit + 1 }),
        );
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    route(
      {
        method: 'post',
        path,
        tag,
        scope: 'memory:write',
        summary: 'Remember a fact',
        body: contract.createMemory,
        responses: { 201: contract.memory },
      },
      async ({ caller, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await createMemory(tx, caller.user_id, body, meaning),
        ),
    ),
    route(
      {
        method: 'get',
        path: `${path}/export`,
        tag,
        scope: 'memory:read',
        summary: 'All that is remembered, oldest first, as import takes it',
        responses: { 200: z.array(contract.exportedMemory) },
      },
      async ({ caller }) => await selectForExport(database.readAs(caller.user_id), caller.user_id),
    ),
    route(
      {
        method: 'post',
        path: `${path}/import`,
        tag,
        scope: 'memory:write',
        summary: 'Remember many facts, tainted until their user looks at them',
        query: contract.importQuery,
        body: contract.importBody,
        responses: { 200: contract.importResult },
      },
      async ({ caller, query, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await importMemories(tx, caller.user_id, body, query, meaning),
        ),
    ),
    route(
      {
        ...one,
        method: 'get',
        scope: 'memory:read',
        summary: 'One memory',
        responses: { 200: contract.memory },
      },
      async ({ caller, params }) =>
        await database.asUser(caller.user_id, async (tx) => await getMemory(tx, caller.user_id, params.id)),
    ),
    route(
      {
        ...one,
        method: 'patch',
        scope: 'memory:write',
        summary: 'Change a memory, pin it or switch it off',
        body: contract.updateMemory,
        responses: { 200: contract.memory },
      },
      async ({ caller, params, body }) =>
        await database.asUser(
          caller.user_id,
          async (tx) => await updateMemory(tx, caller.user_id, params.id, body, meaning),
        ),
    ),
    route(
      { ...one, method: 'delete', scope: 'memory:write', summary: 'Forget a fact', responses: { 204: null } },
      async ({ caller, params }) => {
        await database.asUser(
          caller.user_id,
          async (tx) => await deleteMemory(tx, caller.user_id, params.id),
        );
      },
    ),
  ];
}
