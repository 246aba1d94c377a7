import { voidApprovals } from '#features/approvals/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { ClaimedItem } from '#platform/lanes/index.ts';
import { turnTopic } from '../await-reply.ts';
import { messageEvent } from '../events.ts';
import { closeCalls, closeText } from '../parts.ts';
import { insertMessage, selectMessage, updateMessage } from '../queries/messages.ts';
import { isOver, selectReply } from '../queries/turns.ts';
import { recordFailure } from './record-trouble.ts';

/** A turn that is given up still gets its reply: a failed one that says why. */
export async function parkTurn(tx: Tx, item: ClaimedItem, problem: string): Promise<void> {
  const { message_id } = item.payload as { message_id: string };
  const message = await selectMessage(tx.db, message_id);
  if (!message || message.superseded_by !== null) return;
  const { user_id, thread_id, turn_id, channel } = message;
  const error = `I could not answer this message, and have given up. The problem was: ${problem}`;
  const found = await selectReply(tx.db, turn_id);
  if (found && isOver(found)) return;
  const reply =
    found ??
    (await insertMessage(tx.db, {
      id: newId(),
      thread_id,
      user_id,
      turn_id,
      role: 'assistant',
      parts: [],
      status: 'streaming',
      channel,
      external_id: null,
    }));
  const parts = closeCalls(closeText(reply.parts), 'failed');
  await updateMessage(tx.db, reply.id, { status: 'failed', error, parts });
  await voidApprovals(tx, user_id, reply.id);
  tx.hint(turnTopic(turn_id));
  tx.emit(messageEvent('message.failed', { ...reply, status: 'failed' }));
  await recordFailure(tx, message, problem);
}
