import type { Db } from '#platform/db/index.ts';
import type { Message } from '../contract.ts';
import { selectLatestMessages } from '../queries/messages.ts';
import { selectSummaryBefore } from '../queries/summaries.ts';
import type { ThreadParts } from './thread-context.ts';
import { turnsBefore } from './turns-of-thread.ts';

/** So many of a thread's messages are read at once, however long it is. */
export const READ_MESSAGES = 200;

export interface ReadThread extends ThreadParts {
  /** Whether there is more that no summary stands for than was read. */
  has_more: boolean;
}

/** What of a thread a turn may be shown: the summary that goes furthest, and the latest of what was said since. */
export async function readThread(db: Db, message: Message): Promise<ReadThread> {
  const { thread_id, seq } = message;
  const [summary, latest] = await Promise.all([
    selectSummaryBefore(db, thread_id, seq),
    selectLatestMessages(db, thread_id, { unsummarised_before: seq, limit: READ_MESSAGES }),
  ]);
  return { message, summary, turns: turnsBefore(latest, message), has_more: latest.length === READ_MESSAGES };
}
