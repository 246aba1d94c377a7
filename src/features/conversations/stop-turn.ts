import type { Tx } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { requestCancel } from '#platform/lanes/index.ts';
import { endReply } from './end-reply.ts';
import { selectAwaiting, selectQuestion } from './queries/turns.ts';
import { getThread, threadLane } from './service.ts';

/**
 * Asks the turn that runs, or waits to run, to end now, and ends what waits for the user; with `turnId` that one only, for
 * who asks may not know yet that it is over. Returns whether there was something to stop. Throws 422 for a turn that is
 * not the thread's.
 */
export async function stopTurn(tx: Tx, threadId: string, turnId?: string): Promise<boolean> {
  await getThread(tx.db, threadId);
  if (turnId !== undefined && !(await selectQuestion(tx.db, { thread_id: threadId, turn_id: turnId })))
    throw invalidField('turn_id', 'is no turn of this thread');
  const lane = threadLane(threadId);
  const asked = await requestCancel(tx.db, lane, turnId === undefined ? {} : { turn_id: turnId });
  if (asked) {
    tx.hint(`cancel:${lane}`);
    return true;
  }
  const waiting = await selectAwaiting(tx.db, { thread_id: threadId, turn_id: turnId });
  for (const reply of waiting) await endReply(tx, reply);
  return waiting.length > 0;
}
