import type { Message } from '#features/conversations/contract.ts';
import { insertMessage } from '#features/conversations/queries/messages.ts';
import { sendMessage, type NewUserMessage } from '#features/conversations/send-message.ts';
import { newId } from '#platform/ids/index.ts';
import type { TestDatabase } from './database.ts';
import type { TestThread } from './turns.ts';

export type { Message };

/** Sends a message of the thread's user. */
export async function sendIn(
  { database }: TestDatabase,
  { user_id, thread_id }: TestThread,
  message: Partial<NewUserMessage>,
): Promise<Message> {
  const sent: NewUserMessage = { thread_id, text: '', channel: 'web', ...message };
  return await database.asUser(user_id, async (tx) => await sendMessage(tx, user_id, sent));
}

/** Gives a message its reply without working its turn. */
export async function replyTo(
  { database }: TestDatabase,
  { turn_id, user_id, thread_id }: Message,
): Promise<void> {
  await insertMessage(database.system, {
    id: newId(),
    thread_id,
    user_id,
    turn_id,
    role: 'assistant',
    parts: [{ type: 'text', text: 'Yes.' }],
    status: 'complete',
    channel: 'web',
    external_id: null,
  });
}
