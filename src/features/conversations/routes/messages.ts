import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { listQuery, pageOf } from '#platform/http/pagination.ts';
import { Answer, route, type Caller, type Route } from '#platform/http/route.ts';
import { sendAndWait } from '../await-reply.ts';
import {
  answeredSchema,
  messageOrderSchema,
  messageSchema,
  newMessageSchema,
  sendQuerySchema,
  sentSchema,
  type Channel,
} from '../contract.ts';
import { messagePage } from '../pages.ts';
import { sendMessage } from '../send-message.ts';
import { params, tag } from './shared.ts';

/** Who signs in writes in the web app; what comes with an API token, a program wrote. */
function channelOf({ session_id, token_id }: Caller): Channel {
  return session_id !== null && token_id === null ? 'web' : 'api';
}

/** What is said in a thread. */
export function messageRoutes({ database, signals }: { database: Database; signals: Signals }): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/threads/{id}/messages',
        scope: 'chat:read',
        summary: 'Messages of a thread, oldest or newest first',
        description:
          'All of them: those with `superseded_by` are earlier versions, which models are not shown any more.',
        tag,
        params,
        query: listQuery.extend(messageOrderSchema.shape),
        responses: { 200: pageOf(messageSchema) },
      },
      async ({ caller, params: { id: threadId }, query }) =>
        await messagePage(database.readAs(caller.user_id), threadId, query),
    ),
    route(
      {
        method: 'post',
        path: '/api/threads/{id}/messages',
        scope: 'chat:write',
        summary: 'Send a message',
        description:
          'Every message gets one reply. With `wait`, the answer is 200 with the reply as soon as it is over ' +
          'or waits for your approval (`awaiting_approval`), or 202 ' +
          'when it is not over in time. Sent again with the same `client_message_id`, a message is not answered twice. ' +
          'With `edits`, it takes the place of that message: that one and all after it are superseded, which is refused ' +
          'with 409 while a reply is waited for. `attachment_ids` sends up to 10 files along that were uploaded to ' +
          '`/api/attachments`; they become parts of type `file`.',
        tag,
        params,
        query: sendQuerySchema,
        body: newMessageSchema,
        responses: { 202: sentSchema, 200: answeredSchema },
      },
      async ({ caller, params: { id: thread_id }, query, body, request }) => {
        const { user_id } = caller;
        const send = async () =>
          await database.asUser(
            user_id,
            async (tx) =>
              await sendMessage(tx, user_id, {
                thread_id,
                text: body.text,
                channel: channelOf(caller),
                external_id: body.client_message_id,
                edits: body.edits,
                attachment_ids: body.attachment_ids,
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
  ];
}
