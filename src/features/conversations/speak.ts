import { findAssistant } from '#features/assistants/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Message } from './contract.ts';
import { messageEvent } from './events.ts';
import { insertMessage, selectMessageByExternalId } from './queries/messages.ts';
import { lockThread } from './queries/threads.ts';
import { mainThread } from './service.ts';

export interface Spoken {
  user_id: string;
  assistant_id: string;
  text: string;
  /** What it is said for, e.g. `occurrence:<id>`: said once. */
  external_id: string;
  /** Strangers' words are in it; default not. */
  tainted?: boolean;
  /** The turn it belongs to; default: one of its own. */
  turn_id?: string;
}

/**
 * Lets an assistant say something of its own accord in its main thread with the user, once per external_id. When the
 * assistant was deleted, the secretary says it.
 */
export async function speak(
  tx: Tx,
  { user_id, assistant_id, text, external_id, tainted = false, turn_id }: Spoken,
): Promise<Message> {
  const assistant = await findAssistant(tx.db, assistant_id);
  const { id: thread_id } = await mainThread(tx, user_id, assistant?.id);
  await lockThread(tx.db, thread_id);
  const known = await selectMessageByExternalId(tx.db, { thread_id, channel: 'web', external_id });
  if (known) return known;
  const message = await insertMessage(tx.db, {
    id: newId(),
    thread_id,
    user_id,
    turn_id: turn_id ?? newId(),
    role: 'assistant',
    parts: [{ type: 'text', text }],
    status: 'complete',
    channel: 'web',
    external_id,
    tainted,
  });
  tx.emit(messageEvent('message.created', message), messageEvent('message.completed', message));
  return message;
}
