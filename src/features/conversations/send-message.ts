import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Channel, Message } from './contract.ts';
import { messageEvent } from './events.ts';
import { insertMessage, lockThread, selectMessageByExternalId } from './queries.ts';
import { noSuchThread, threadLane } from './service.ts';

/** The kind of the lane items that answer a message. */
export const TURN = 'turn';

export interface NewUserMessage {
  thread_id: string;
  text: string;
  channel: Channel;
  /** The sender's own id of it: the same message sent again is stored once. */
  external_id?: string | undefined;
}

/**
 * Stores a user's message and enqueues its turn, in one transaction. Sent again with the same external_id, it is the
 * message that is there, whatever its words. Throws `threads.not_found`.
 */
export async function sendMessage(tx: Tx, userId: string, sent: NewUserMessage): Promise<Message> {
  const { thread_id, text, channel, external_id } = sent;
  // Whoever sends the same message at the same time waits here and then finds it.
  if (!(await lockThread(tx.db, thread_id))) throw noSuchThread();
  if (external_id !== undefined) {
    const known = await selectMessageByExternalId(tx.db, { thread_id, channel, external_id });
    if (known) return known;
  }
  const message = await insertMessage(tx.db, {
    id: newId(),
    thread_id,
    user_id: userId,
    turn_id: newId(),
    role: 'user',
    parts: [{ type: 'text', text }],
    status: 'complete',
    channel,
    external_id: external_id ?? null,
  });
  tx.enqueue({
    key: threadLane(thread_id),
    user_id: userId,
    type: 'dialog',
    kind: TURN,
    payload: { message_id: message.id, turn_id: message.turn_id },
    dedupe_key: message.id,
  });
  tx.emit(messageEvent('message.created', message));
  return message;
}
