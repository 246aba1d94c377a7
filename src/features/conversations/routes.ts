import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, listQuery, page, pageOf } from '#platform/http/pagination.ts';
import { Answer, route, type Route } from '#platform/http/route.ts';
import { sendAndWait } from './await-reply.ts';
import {
  answeredSchema,
  mainThreadQuerySchema,
  messageSchema,
  newMessageSchema,
  newThreadSchema,
  sendQuerySchema,
  sentSchema,
  stoppedSchema,
  threadFilterSchema,
  threadPatchSchema,
  threadSchema,
} from './contract.ts';
import { selectMessages, selectThreads } from './queries.ts';
import { sendMessage } from './send-message.ts';
import {
  checkAssistant,
  createThread,
  getThread,
  mainThread,
  patchThread,
  removeThread,
  stopTurn,
} from './service.ts';

const tag = 'Conversations';
const params = z.strictObject({ id });

/** `/api/threads` and what is below it. */
export function conversationRoutes({ database, signals }: { database: Database; signals: Signals }): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/threads',
        scope: 'chat:read',
        summary: 'List threads, newest first',
        tag,
        query: listQuery.extend(threadFilterSchema.shape),
        responses: { 200: pageOf(threadSchema) },
      },
      async ({ caller, query: { cursor, limit, ...filter } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await selectThreads(database.readAs(caller.user_id), caller.user_id, {
          ...filter,
          before,
          limit: limit + 1,
        });
        return page(rows, limit, (row) => [row.id]);
      },
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
    route(
      {
        method: 'get',
        path: '/api/threads/{id}/messages',
        scope: 'chat:read',
        summary: 'Messages of a thread, oldest first',
        tag,
        params,
        query: listQuery,
        responses: { 200: pageOf(messageSchema) },
      },
      async ({ caller, params: { id: threadId }, query: { cursor, limit } }) => {
        const [after] = decodeCursor(cursor, z.tuple([z.int()])) ?? [];
        const rows = await database.asUser(caller.user_id, async (tx) => {
          await getThread(tx.db, threadId);
          return await selectMessages(tx.db, threadId, { after, limit: limit + 1 });
        });
        return page(rows, limit, (row) => [row.seq]);
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/threads/{id}/messages',
        scope: 'chat:write',
        summary: 'Send a message',
        description:
          'Every message gets one reply. With `wait`, the answer is 200 with the reply as soon as it is over, or 202 ' +
          'when it is not over in time. Sent again with the same `client_message_id`, a message is not answered twice.',
        tag,
        params,
        query: sendQuerySchema,
        body: newMessageSchema,
        responses: { 202: sentSchema, 200: answeredSchema },
      },
      async ({ caller: { user_id }, params: { id: thread_id }, query, body, request }) => {
        const send = async () =>
          await database.asUser(
            user_id,
            async (tx) =>
              await sendMessage(tx, user_id, {
                thread_id,
                text: body.text,
                channel: 'api',
                external_id: body.client_message_id,
              }),
          );
        if (query.wait === 0) {
          const message = await send();
          return new Answer(202, { message, turn_id: message.turn_id });
        }
        const { sent: message, reply } = await sendAndWait(
          { database, signals },
          { user_id, wait_ms: query.wait * 1_000, signal: request.signal },
          send,
        );
        const answer = { message, turn_id: message.turn_id };
        return reply ? new Answer(200, { ...answer, reply }) : new Answer(202, answer);
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/threads/{id}/stop',
        scope: 'chat:write',
        summary: 'Stop the reply that is being made; what was said stays',
        tag,
        params,
        responses: { 200: stoppedSchema },
      },
      async ({ caller, params: { id: threadId } }) => ({
        stopped: await database.asUser(caller.user_id, async (tx) => await stopTurn(tx, threadId)),
      }),
    ),
  ];
}
