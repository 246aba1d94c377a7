import { voidApprovals } from '#features/approvals/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { turnTopic } from './await-reply.ts';
import type { Message } from './contract.ts';
import { messageEvent } from './events.ts';
import { closeCalls, closeText } from './parts.ts';
import { updateMessage } from './queries/messages.ts';

/** Ends a reply that waits for the user, or whose turn may write no more: it was stopped. */
export async function endReply(tx: Tx, reply: Message): Promise<void> {
  const change = { status: 'stopped', parts: closeCalls(closeText(reply.parts), 'stopped') } as const;
  await updateMessage(tx.db, reply.id, change);
  await voidApprovals(tx, reply.user_id, reply.id);
  tx.emit(messageEvent('message.completed', { ...reply, ...change }));
  tx.hint(turnTopic(reply.turn_id));
}
