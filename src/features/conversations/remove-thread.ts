import type { Tx } from '#platform/db/index.ts';
import { threadEvent } from './events.ts';
import { deleteThread } from './queries/threads.ts';
import { getThread } from './service.ts';
import { stopTurn } from './stop-turn.ts';

/** The thread with its messages; what is being said in it is stopped. Throws `threads.not_found`. */
export async function removeThread(tx: Tx, id: string): Promise<void> {
  const thread = await getThread(tx.db, id);
  await stopTurn(tx, id);
  if (await deleteThread(tx.db, id)) tx.emit(threadEvent(thread));
}
