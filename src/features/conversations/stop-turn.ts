import type { Tx } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { requestCancel } from '#platform/lanes/index.ts';
import { endReply } from './end-reply.ts';
import { selectAwaiting, selectQuestion } from './queries/turns.ts';
import { getThread, threadLane } from './service.ts';

/** Returns whether there were any. */
async function endAwaiting(tx: Tx, of: { thread_id: string; turn_id: string | undefined }): Promise<boolean> {
  const waiting = await selectAwaiting(tx.db, of);
  for (const reply of waiting) await endReply(tx, reply);
  return waiting.length > 0;
}

/**
 * Asks the turn that runs, or is the next to run, to end now, and ends all that waits for the user; with `turnId` that one
 * only, for who asks may not know yet that it is over. Returns whether there was something to stop. Throws 422 for a turn that is
 * not the thread's.
 */
export async function stopTurn(tx: Tx, threadId: string, turnId?: string): Promise<boolean> {
  await getThread(tx.db, threadId);
  if (turnId !== undefined && !(await selectQuestion(tx.db, { thread_id: threadId, turn_id: turnId })))
    throw invalidField('turn_id', 'is no turn of this thread');
  const of = { thread_id: threadId, turn_id: turnId };
  // Replies before their lane, as those lock them who make one.
  const ended = await endAwaiting(tx, of);
  const lane = threadLane(threadId);
  const asked = await requestCancel(tx.db, lane, turnId === undefined ? {} : { turn_id: turnId });
  if (asked) tx.hint(`cancel:${lane}`);
  // What ran may have come to wait for the user before it could be asked.
  return asked || (await endAwaiting(tx, of)) || ended;
}
