import type { Database } from '#platform/db/index.ts';
import { listQuery, pageOf } from '#platform/http/pagination.ts';
import { route, type Route } from '#platform/http/route.ts';
import {
  mainThreadQuerySchema,
  newThreadSchema,
  threadFilterSchema,
  threadPatchSchema,
  threadSchema,
} from '../contract.ts';
import { threadPage } from '../pages.ts';
import { removeThread } from '../remove-thread.ts';
import { checkAssistant, createThread, getThread, mainThread, patchThread } from '../service.ts';
import { params, tag } from './shared.ts';

/** Threads themselves. */
export function threadRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/threads',
        scope: 'chat:read',
        summary: 'List threads, newest or last used first',
        tag,
        query: listQuery.extend(threadFilterSchema.shape),
        responses: { 200: pageOf(threadSchema) },
      },
      async ({ caller, query }) => await threadPage(database.readAs(caller.user_id), caller.user_id, query),
    ),
    route(
      {
        method: 'post',
        path: '/api/threads',
        scope: 'chat:write',
        summary: 'Begin a thread with an assistant',
        tag,
        body: newThreadSchema,
        responses: { 201: threadSchema },
      },
      async ({ caller, body }) =>
        await database.asUser(caller.user_id, async (tx) => await createThread(tx, caller.user_id, body)),
    ),
    route(
      {
        method: 'get',
        path: '/api/threads/main',
        scope: 'chat:read',
        summary: 'The main thread with an assistant, made when it is missing',
        tag,
        query: mainThreadQuerySchema,
        responses: { 200: threadSchema },
      },
      async ({ caller, query: { assistant_id } }) =>
        await database.asUser(caller.user_id, async (tx) => {
          if (assistant_id !== undefined) await checkAssistant(tx, assistant_id);
          return await mainThread(tx, caller.user_id, assistant_id);
        }),
    ),
    route(
      {
        method: 'get',
        path: '/api/threads/{id}',
        scope: 'chat:read',
        summary: 'Get a thread',
        tag,
        params,
        responses: { 200: threadSchema },
      },
      async ({ caller, params: { id: threadId } }) =>
        await database.asUser(caller.user_id, async (tx) => await getThread(tx.db, threadId)),
    ),
    route(
      {
        method: 'patch',
        path: '/api/threads/{id}',
        scope: 'chat:write',
        summary: 'Rename or archive a thread',
        tag,
        params,
        body: threadPatchSchema,
        responses: { 200: threadSchema },
      },
      async ({ caller, params: { id: threadId }, body }) =>
        await database.asUser(caller.user_id, async (tx) => await patchThread(tx, threadId, body)),
    ),
    route(
      {
        method: 'delete',
        path: '/api/threads/{id}',
        scope: 'chat:write',
        summary: 'Delete a thread with its messages',
        tag,
        params,
        responses: { 204: null },
      },
      async ({ caller, params: { id: threadId } }) => {
        await database.asUser(caller.user_id, async (tx) => await removeThread(tx, threadId));
        return undefined;
      },
    ),
  ];
}
