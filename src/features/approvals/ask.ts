import { notify, readAbout } from '#features/notifications/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Approval, ApprovalReason } from './contract.ts';
import { insertApprovals, selectOfMessage, updateUsed, voidOpen, type NewApproval } from './queries.ts';
import { decidedEvent, requestedEvent } from './tell.ts';

/** How long the user has for a decision. */
const VALID_FOR_MS = 24 * 3_600_000;

const reasonWords: Record<ApprovalReason, string> = {
  policy: 'it always asks',
  tainted: 'the conversation has text by strangers in it',
  changed: 'the tool has changed',
  uncertain: 'it was begun before, and nobody knows whether it got through',
};

function words({ request }: Approval): string {
  const why = request.reasons.map((reason) => reasonWords[reason]).join('; ');
  return `${request.assistant} wants to use ${request.tool} (${why})`;
}

/**
 * Asks the user for a reply's calls, and tells them. What is open for the same call already is not asked again. Returns
 * all that is open of the reply.
 */
export async function askApprovals(
  tx: Tx,
  userId: string,
  messageId: string,
  asked: Omit<NewApproval, 'id' | 'user_id' | 'message_id'>[],
): Promise<Approval[]> {
  const rows = asked.map((one) => ({ ...one, id: newId(), user_id: userId, message_id: messageId }));
  const added = await insertApprovals(tx.db, rows, VALID_FOR_MS);
  tx.emit(...added.map((approval) => requestedEvent(userId, approval)));
  const notifications = added.map((approval) => ({
    user_id: userId,
    kind: 'approval' as const,
    title: 'Your approval is needed',
    message: words(approval),
    priority: 4,
    subject: `approval:${approval.id}`,
    actions: [{ action: 'approve' }, { action: 'reject' }],
  }));
  await notify(tx, notifications, { redis: false });
  const all = await selectOfMessage(tx.db, messageId);
  return all.filter(({ status }) => status === 'pending');
}

/** What was asked for a reply, oldest first. */
export async function approvalsOf(tx: Tx, messageId: string): Promise<Approval[]> {
  return await selectOfMessage(tx.db, messageId);
}

/** Uses an approval up, in the transaction of what it allows or of its beginning. False when it is not good any more. */
export async function useApproval(tx: Tx, id: string): Promise<boolean> {
  return await updateUsed(tx.db, id);
}

/** Nothing more comes of a reply: what is open for it lapses. */
export async function voidApprovals(tx: Tx, userId: string, messageId: string): Promise<void> {
  const lapsed = await voidOpen(tx.db, messageId);
  tx.emit(...lapsed.map((approval) => decidedEvent(userId, approval)));
  await readAbout(
    tx,
    userId,
    lapsed.map(({ id }) => `approval:${id}`),
  );
}
