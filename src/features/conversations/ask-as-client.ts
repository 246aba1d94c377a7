import { createHash } from 'node:crypto';
import type { Tx } from '#platform/db/index.ts';
import type { Message } from './contract.ts';
import { textOf } from './parts.ts';
import {
  insertClientThread,
  lockClientThread,
  setClientKey,
  type NewClientThread,
  type Said,
} from './queries/client-threads.ts';
import { isOver, selectLastQuestion, selectReply } from './queries/turns.ts';
import { sendMessage } from './send-message.ts';

/** A conversation as a client that keeps it itself sends it with each question. */
export interface ClientConversation extends NewClientThread {
  /** What was said before. */
  history: readonly Said[];
  question: string;
  /** Whether a client was answered this text with that reply. */
  isReply(text: string, reply: Message): boolean;
}

/** Clients trim what they keep. */
function keyOf({ assistant_id, instructions }: ClientConversation, said: readonly Said[]): string {
  const words = said.map(({ role, text }) => [role, text.trim()]);
  return createHash('sha256')
    .update(JSON.stringify([assistant_id, instructions, words]))
    .digest('base64url');
}

/** The thread in which exactly this was said, our last reply included; undefined where there is none. */
async function threadGoneOn(tx: Tx, conversation: ClientConversation): Promise<string | undefined> {
  const { user_id, history, isReply } = conversation;
  const [question, answer] = history.slice(-2);
  if (question?.role !== 'user' || answer?.role !== 'assistant') return undefined;
  const thread = await lockClientThread(tx.db, {
    user_id,
    client_key: keyOf(conversation, history.slice(0, -1)),
  });
  const last = thread && (await selectLastQuestion(tx.db, thread.id));
  const reply = last && (await selectReply(tx.db, last.turn_id));
  return reply && isReply(answer.text, reply) ? thread.id : undefined;
}

/** The thread that ends with this very question, and its message, once that was answered. */
async function threadAskedAgain(
  tx: Tx,
  conversation: ClientConversation,
  client_key: string,
): Promise<{ id: string; asked: string } | undefined> {
  const thread = await lockClientThread(tx.db, { user_id: conversation.user_id, client_key });
  const last = thread && (await selectLastQuestion(tx.db, thread.id));
  const reply = last && (await selectReply(tx.db, last.turn_id));
  return reply && isOver(reply) ? { id: thread.id, asked: last.id } : undefined;
}

/**
 * Asks what a client asks behind the conversation it sends along, which is all a model is shown. One that goes on with
 * what was said here goes on in its thread, where the calls of tools are known as well; the same question again takes the
 * place of the first; anything else is a new thread in which that was said. These threads are shown apart.
 */
export async function askAsClient(tx: Tx, conversation: ClientConversation): Promise<Message> {
  const { user_id, assistant_id, instructions, history, question } = conversation;
  const client_key = keyOf(conversation, [...history, { role: 'user', text: question }]);
  const again = await threadAskedAgain(tx, conversation, client_key);
  const thread_id =
    again?.id ??
    (await threadGoneOn(tx, conversation)) ??
    (await insertClientThread(tx.db, { user_id, assistant_id, instructions }, history));
  await setClientKey(tx.db, thread_id, client_key);
  return await sendMessage(tx, user_id, { thread_id, text: question, channel: 'api', edits: again?.asked });
}

/** Whether the client keeps the reply as it stands here. */
export function isWholeReply(text: string, reply: Message): boolean {
  return isOver(reply) && textOf(reply.parts).trim() === text.trim();
}
