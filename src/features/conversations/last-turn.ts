import type { Db } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Message } from './contract.ts';
import { isOver, selectLastQuestion, selectReply } from './queries/turns.ts';

/** The last message of the user's that stands, and its reply. */
export interface LastTurn {
  message: Message;
  reply: Message;
}

/**
 * The thread's last turn; undefined without one. Turns are worked in order, so that none is open when this is over. Lock
 * the thread first: then no message comes meanwhile.
 * @throws AppError `threads.reply_pending` while a turn waits or runs
 */
export async function lastTurn(db: Db, threadId: string): Promise<LastTurn | undefined> {
  const message = await selectLastQuestion(db, threadId);
  if (!message) return undefined;
  const reply = await selectReply(db, message.turn_id);
  if (reply && isOver(reply)) return { message, reply };
  throw new AppError({
    code: 'threads.reply_pending',
    kind: 'conflict',
    message: 'A reply is still being made: wait for it, or stop it first',
  });
}
