import type { Tx } from '#platform/db/index.ts';
import { selectMessage } from './queries/messages.ts';
import { selectQuestion } from './queries/turns.ts';
import { turnItem } from './turn-item.ts';

/** Lets a reply that waited for the user go on. `because` names what was decided: it goes on once for it. */
export async function resumeTurn(tx: Tx, replyId: string, because: string): Promise<void> {
  const reply = await selectMessage(tx.db, replyId);
  if (reply?.status !== 'awaiting_approval' || reply.superseded_by !== null) return;
  const question = await selectQuestion(tx.db, reply);
  if (question) tx.enqueue(turnItem(question, because));
}
