import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { id } from '#platform/http/fields.ts';
import { pageOf } from '#platform/http/pagination.ts';
import { ADDS, listInput, mcpTool, READS, type McpTool } from '#platform/mcp/index.ts';
import { sendAndWait } from './await-reply.ts';
import {
  messageOrderSchema,
  messageSchema,
  newMessageSchema,
  threadFilterSchema,
  threadSchema,
  type Message,
} from './contract.ts';
import { messagePage, threadPage } from './pages.ts';
import { textOf } from './parts.ts';
import { sendMessage } from './send-message.ts';
import { checkAssistant, mainThread } from './service.ts';

/** MCP clients give up on a call after a minute unless told otherwise. */
const DEFAULT_WAIT_S = 45;
const MAX_WAIT_S = 300;

const said = z.strictObject({
  id,
  role: messageSchema.shape.role,
  status: messageSchema.shape.status,
  text: z.string(),
  error: z.string().nullable(),
  created_at: messageSchema.shape.created_at,
});

const sendInput = z.strictObject({
  text: newMessageSchema.shape.text,
  thread_id: id.optional().describe('Default: the main thread with the assistant'),
  assistant_id: id.optional().describe("Default: the user's secretary; not beside thread_id"),
  client_message_id: newMessageSchema.shape.client_message_id.describe(
    'Your id of the message: sent again with it, nothing is said twice',
  ),
  wait_s: z.int().min(0).max(MAX_WAIT_S).default(DEFAULT_WAIT_S).describe('How long to wait for the reply'),
});

const sendOutput = z.strictObject({
  thread_id: id,
  turn_id: id,
  message_id: id,
  reply: said.nullable().describe('Null: not over in time; chat_messages has it later'),
});

const chatFilter = threadFilterSchema.extend({ archived: z.boolean().optional() });

/** A message in a few fields: models read it as text. */
function shown(message: Message): z.output<typeof said> {
  const { id: messageId, role, status, parts, error, created_at } = message;
  return { id: messageId, role, status, text: textOf(parts), error, created_at };
}

/** Talking to the user's assistants, for MCP clients. */
export function chatMcpTools(from: { database: Database; signals: Signals }): McpTool[] {
  const { database } = from;
  return [
    mcpTool(
      {
        name: 'chat_send',
        title: 'Ask an assistant',
        description: "Sends a message to one of the user's assistants and waits for the reply.",
        scope: 'chat:write',
        hints: ADDS,
        input: sendInput.refine((body) => body.thread_id === undefined || body.assistant_id === undefined, {
          path: ['assistant_id'],
          message: 'is that of the thread',
        }),
        output: sendOutput,
        waits: true,
      },
      async ({ text, thread_id, assistant_id, client_message_id, wait_s }, { caller, signal }) => {
        const { user_id } = caller;
        const { sent, reply } = await sendAndWait(
          from,
          { user_id, wait_ms: wait_s * 1_000, signal },
          async () =>
            await database.asUser(user_id, async (tx) => {
              if (assistant_id !== undefined) await checkAssistant(tx, assistant_id);
              return await sendMessage(tx, user_id, {
                thread_id: thread_id ?? (await mainThread(tx, user_id, assistant_id)).id,
                text,
                channel: 'api',
                external_id: client_message_id,
              });
            }),
        );
        return {
          thread_id: sent.thread_id,
          turn_id: sent.turn_id,
          message_id: sent.id,
          reply: reply ? shown(reply) : null,
        };
      },
    ),
    mcpTool(
      {
        name: 'chat_threads',
        title: 'List threads',
        description: 'The threads of the user with their assistants.',
        scope: 'chat:read',
        hints: READS,
        input: listInput.extend({ ...chatFilter.shape, order: chatFilter.shape.order.default('activity') }),
        output: pageOf(threadSchema),
      },
      async (wanted, { caller: { user_id } }) => await threadPage(database.readAs(user_id), user_id, wanted),
    ),
    mcpTool(
      {
        name: 'chat_messages',
        title: 'Read a thread',
        description: 'What was said in a thread, newest first.',
        scope: 'chat:read',
        hints: READS,
        input: listInput.extend({
          thread_id: id,
          order: messageOrderSchema.shape.order.default('newest'),
        }),
        output: pageOf(said),
      },
      async ({ thread_id, ...wanted }, { caller: { user_id } }) => {
        const { items, next_cursor } = await messagePage(database.readAs(user_id), thread_id, wanted);
        return { items: items.map(shown), next_cursor };
      },
    ),
  ];
}
