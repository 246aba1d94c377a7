import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Message } from './contract.ts';
import { messageEvent } from './events.ts';
import { lastTurn } from './last-turn.ts';
import { settledSteps } from './parts.ts';
import { insertMessage } from './queries/messages.ts';
import { dropSummariesFrom } from './queries/summaries.ts';
import { lockThread } from './queries/threads.ts';
import { supersede } from './queries/turns.ts';
import { noSuchThread } from './service.ts';
import { turnItem } from './turn-item.ts';

/**
 * Lets the last reply be made anew. The new one is there at once, with what the tools of the old one have done, and
 * takes its place; its turn is worked as after a crash. Returns the message that is answered. Throws
 * `threads.not_found`, `threads.no_turn`, and `threads.reply_pending` while a turn waits or runs.
 */
export async function regenerate(tx: Tx, threadId: string): Promise<Message> {
  if (!(await lockThread(tx.db, threadId))) throw noSuchThread();
  const last = await lastTurn(tx.db, threadId);
  if (!last) {
    throw new AppError({
      code: 'threads.no_turn',
      kind: 'conflict',
      message: 'There is no reply yet that could be made anew',
    });
  }
  const { message, reply: old } = last;
  const id = newId();
  await supersede(tx.db, old.id, id);
  await dropSummariesFrom(tx.db, threadId, message.seq);
  const reply = await insertMessage(tx.db, {
    id,
    thread_id: threadId,
    user_id: message.user_id,
    turn_id: message.turn_id,
    role: 'assistant',
    parts: settledSteps(old.parts),
    status: 'pending',
    channel: message.channel,
    external_id: null,
    tainted: old.tainted,
  });
  tx.enqueue(turnItem(message, reply.id));
  tx.emit(
    messageEvent('message.reset', { ...old, superseded_by: id }),
    messageEvent('message.created', reply),
  );
  return message;
}
