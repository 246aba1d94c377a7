import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Attachment } from './contract.ts';
import { lockAttachments, updateSent } from './queries/attachments.ts';
import { shown } from './service.ts';

/**
 * The user's files by these ids, in this order, to be sent with a message in the same transaction; `again` names those
 * that may have been sent before. Throws 422 for any other.
 */
export async function attachmentsToSend(
  tx: Tx,
  userId: string,
  ids: readonly string[],
  again: readonly string[] = [],
): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await lockAttachments(tx.db, userId, [...ids])).map((row) => [row.id, row]));
  const problems = ids.flatMap((id, index) => {
    const row = rows.get(id);
    if (row && (row.message_id === null || again.includes(id))) return [];
    const message = row ? 'was sent with a message already' : 'is no file of yours';
    return [{ path: `attachment_ids.${index}`, message }];
  });
  if (problems.length > 0) {
    const message = problems.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
    throw new AppError({ code: 'request.invalid', kind: 'invalid', message, problems });
  }
  return ids.map((id) => shown(rows.get(id)!));
}

/** From now on they belong to the message, and go with it. Those sent before stay with the one they were sent with. */
export async function markSent(tx: Tx, attachments: readonly Attachment[], messageId: string): Promise<void> {
  const [first] = attachments;
  const ids = attachments.filter(({ message_id }) => message_id === null).map(({ id }) => id);
  if (first && ids.length > 0) await updateSent(tx.db, first.user_id, ids, messageId);
}
