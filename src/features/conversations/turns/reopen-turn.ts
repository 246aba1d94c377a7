import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { ClaimedItem } from '#platform/lanes/index.ts';
import { messageEvent } from '../events.ts';
import { settledSteps } from '../parts.ts';
import { selectMessage, updateMessage } from '../queries/messages.ts';
import { lockThread } from '../queries/threads.ts';
import { selectReply } from '../queries/turns.ts';

/**
 * Takes back that a turn was given up: its failed reply waits to be made again, with what its tools have done.
 * @throws AppError `jobs.not_repeatable` when there is no such reply any more
 */
export async function reopenTurn(tx: Tx, item: ClaimedItem): Promise<void> {
  const { message_id } = item.payload as { message_id: string };
  const message = await selectMessage(tx.db, message_id);
  // Locked as by whoever sends, edits or regenerates: none of it comes between.
  const thread = message && (await lockThread(tx.db, message.thread_id));
  const reply = thread && (await selectReply(tx.db, message.turn_id));
  if (reply?.status !== 'failed') {
    throw new AppError({
      code: 'jobs.not_repeatable',
      kind: 'conflict',
      message: 'Its message is gone, was edited, or is answered otherwise by now',
    });
  }
  const change = { status: 'pending', error: null, parts: settledSteps(reply.parts) } as const;
  await updateMessage(tx.db, reply.id, change);
  tx.emit(messageEvent('message.reset', { ...reply, ...change }));
}
